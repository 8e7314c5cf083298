package io.jenkins.plugins.qemush.engine.guest;

import com.jcraft.jsch.ChannelExec;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The open channel of one command, and its end. */
final class CommandChannel implements AutoCloseable {
    private static final int POLL_MILLIS = 4;

    /** JSch's value for "the server has not said". */
    private static final int UNKNOWN = -1;

    private final SshSession session;
    private final ChannelExec channel;
    private final List<CommandOutput> outputs;

    CommandChannel(SshSession session, ChannelExec channel, CommandOutput out, CommandOutput err) {
        this.session = session;
        this.channel = channel;
        this.outputs = List.of(out, err);
        outputs.forEach(session::watch);
    }

    /** Sends {@code head} and then all of {@code from}, until the command reads no more; {@code to} is closed. */
    static void feed(byte[] head, InputStream from, OutputStream to) {
        Thread pump = new Thread(
                () -> {
                    try (to) {
                        to.write(head);
                        to.flush();
                        byte[] block = new byte[16 * 1024];
                        for (int n = from.read(block); n >= 0; n = from.read(block)) {
                            to.write(block, 0, n);
                            to.flush();
                        }
                    } catch (IOException e) {
                        // The command ended without reading all of its input, as commands may.
                        System.getLogger(CommandChannel.class.getName())
                                .log(System.Logger.Level.TRACE, "input not read", e);
                    }
                },
                "qemu-sh command input");
        pump.setDaemon(true);
        pump.start();
    }

    void resize(int columns, int rows) {
        channel.setPtySize(columns, rows, 0, 0);
    }

    /**
     * Waits for the command's exit status.
     *
     * @throws HostFailure when its output could not be delivered
     * @throws IOException when the connection was lost before
     */
    int awaitStatus() throws IOException, InterruptedException {
        while (!channel.isClosed() && session.isConnected()) {
            for (CommandOutput output : outputs) {
                requireReader(output);
            }
            Thread.sleep(POLL_MILLIS);
        }
        int status = channel.getExitStatus();
        if (status == UNKNOWN) {
            throw new IOException(
                    channel.getExitSignal() == null
                            ? "the SSH connection to the guest was lost before the command's exit status came"
                            : "the guest's SSH server ended the command with SIG" + channel.getExitSignal());
        }
        for (CommandOutput output : outputs) {
            requireReader(output);
        }
        return status;
    }

    private static void requireReader(CommandOutput output) throws HostFailure {
        IOException failure = output.failure();
        if (failure != null) {
            throw new HostFailure(
                    "The command's output could not be written: " + failure.getMessage() + ".",
                    "Whoever reads it must read to its end.",
                    failure);
        }
    }

    @Override
    public void close() {
        outputs.forEach(session::forget);
        channel.disconnect();
    }
}
