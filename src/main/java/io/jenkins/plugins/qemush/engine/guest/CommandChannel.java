package io.jenkins.plugins.qemush.engine.guest;

import com.jcraft.jsch.ChannelExec;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BooleanSupplier;

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

    /** Work that ends, at the latest, when the command does. */
    interface Pump {
        void run() throws IOException, InterruptedException;
    }

    /** Feeds a command's input, on a thread of its own. */
    static void pump(Pump pump) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pump.run();
                    } catch (IOException e) {
                        // The command ended without reading all of its input, as commands may.
                        System.getLogger(CommandChannel.class.getName())
                                .log(System.Logger.Level.TRACE, "input not read", e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "qemu-sh command input");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends all there is, each piece as it comes. */
    static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] block = new byte[16 * 1024];
        for (int n = from.read(block); n >= 0; n = from.read(block)) {
            to.write(block, 0, n);
            to.flush();
        }
    }

    /** Whether the command may still run. */
    boolean isOpen() {
        return !channel.isClosed() && session.isConnected();
    }

    /** Whether its connection is also free to deliver what comes. */
    boolean isUsable() {
        return !channel.isClosed() && session.isUsable();
    }

    void resize(int columns, int rows) {
        channel.setPtySize(columns, rows, 0, 0);
    }

    /** Whether the server has told the command's end: then only its output is to come. */
    private boolean hasEnded() {
        return channel.getExitStatus() != UNKNOWN || channel.getExitSignal() != null;
    }

    private boolean isHeld() {
        return outputs.stream().anyMatch(CommandOutput::isStuck);
    }

    /**
     * Waits for the command's exit status, and for its output.
     *
     * @param grace how long its output may take behind its end
     * @throws HostFailure when its output could not be delivered
     * @throws IOException when the connection was lost before
     */
    int awaitStatus(OutputGrace grace) throws IOException, InterruptedException {
        awaitEndOr(() -> false, grace);
        int status = channel.getExitStatus();
        if (status == UNKNOWN) {
            throw new IOException(
                    channel.getExitSignal() == null
                            ? "the SSH connection to the guest was lost before the command's exit status came"
                            : "the guest's SSH server ended the command with SIG" + channel.getExitSignal());
        }
        requireReaders();
        return status;
    }

    /** Waits until the channel is closed, its grace is over, or something else is true. */
    void awaitEndOr(BooleanSupplier enough, OutputGrace grace) throws IOException, InterruptedException {
        while (isOpen() && !enough.getAsBoolean() && !grace.isOver(hasEnded(), isHeld())) {
            requireReaders();
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** @throws HostFailure when output could not be delivered */
    void requireReaders() throws HostFailure {
        for (CommandOutput output : outputs) {
            requireReader(output);
        }
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
