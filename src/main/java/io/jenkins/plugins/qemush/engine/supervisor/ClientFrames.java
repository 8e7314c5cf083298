package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What a client sends to a supervisor: its request, then what is typed, and the size of its window. */
record ClientFrames(DataOutputStream out) {
    void ask(ControlRequest request) throws IOException {
        Frame.of(Frame.Kind.REQUEST, EngineJson.toJson(request)).writeTo(out);
    }

    /** Tells each new size of the window, for as long as the command runs. */
    void follow(TerminalWindow window) {
        window.onResize(() -> {
            try {
                Frame.of(Frame.Kind.RESIZE, window.columns() + " " + window.rows())
                        .writeTo(out);
            } catch (IOException e) {
                commandEnded(e);
            }
        });
    }

    /** Sends all of the input, on a thread of its own. */
    void feed(InputStream from) {
        Thread pump = new Thread(
                () -> {
                    byte[] block = new byte[32 * 1024];
                    try {
                        for (int n = from.read(block); n >= 0; n = from.read(block)) {
                            new Frame(Frame.Kind.STDIN, Arrays.copyOf(block, n)).writeTo(out);
                        }
                        new Frame(Frame.Kind.STDIN_END, new byte[0]).writeTo(out);
                    } catch (IOException e) {
                        commandEnded(e);
                    }
                },
                "qemu-sh input");
        pump.setDaemon(true);
        pump.start();
    }

    private static void commandEnded(IOException e) {
        System.getLogger(ClientFrames.class.getName()).log(System.Logger.Level.TRACE, "the command ended first", e);
    }
}
