package io.jenkins.plugins.qemush.engine.guest;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One command's turn in a shell: what travels to the shell, and what comes from it between the begin and the end. */
final class ShellTurn {
    /** For a command's input that ended when the command did. */
    private static final long FEEDING_ENDS_MILLIS = 100;

    private final GuestCommand command;
    private final GuestStreams streams;
    private final byte[] text;
    private final BeginMark begin;
    private final CountDownLatch fed = new CountDownLatch(1);
    private volatile boolean over;

    /** @throws HostFailure when the command cannot be said to a guest */
    ShellTurn(GuestCommand command, GuestStreams streams) throws HostFailure {
        this.command = command;
        this.streams = streams;
        String end = MarkedStream.freshMarker();
        this.text = CommandLine.text(command, end);
        this.begin = new BeginMark(
                command.sharesShell() ? new MarkedStream(end, new UntilEnd()) : streams.out(), streams.err());
    }

    private final class UntilEnd implements MarkedStream.Receiver {
        @Override
        public void bytes(byte[] bytes, int offset, int length) throws IOException {
            streams.out().write(bytes, offset, length);
        }

        @Override
        public void line(String line) {
            over = true;
        }
    }

    /** Whose shell it takes. */
    String user() {
        return command.user();
    }

    /** For the output of processes that the command leaves behind. */
    OutputGrace grace() {
        return new OutputGrace(command.outputGrace(), streams.err());
    }

    /** Takes the shell's output. */
    OutputStream out() {
        return begin;
    }

    /** Takes the shell's errors. */
    OutputStream err() {
        return streams.err();
    }

    BeginMark begin() {
        return begin;
    }

    /**
     * Sends the command and, once it has begun, its input. The end of the input is told to the guest, but to a shell that
     * others have after this command.
     */
    void feed(OutputStream shell) throws IOException, InterruptedException {
        boolean all = false;
        try {
            shell.write(text);
            shell.flush();
            if (begin.await()) {
                CommandChannel.copy(streams.in(), shell);
                all = true;
            }
        } finally {
            if (!all || !command.sharesShell()) {
                shell.close();
            }
            fed.countDown();
        }
    }

    /** Whether the shell has said that the command, which shares it, has succeeded. */
    boolean isOver() {
        return over;
    }

    /** Whether the shell can be given another command: nothing of this one's input can follow any more. */
    boolean leavesShell() throws InterruptedException {
        return over && fed.await(FEEDING_ENDS_MILLIS, TimeUnit.MILLISECONDS);
    }
}
