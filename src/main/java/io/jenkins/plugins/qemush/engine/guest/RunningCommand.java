package io.jenkins.plugins.qemush.engine.guest;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** One command in the guest, from its start to its exit status. */
final class RunningCommand implements AutoCloseable {
    /** Marks the command's processes in the guest, whatever they do with sessions and parents. */
    private static final String MARK = "QEMU_SH_COMMAND";

    /** For the end of a command that nobody waits for any more. */
    private static final Duration KILL = Duration.ofSeconds(15);

    private final SshConnection connection;
    private final CommandChannel channel;
    private final String mark;

    private RunningCommand(SshConnection connection, CommandChannel channel, String mark) {
        this.connection = connection;
        this.channel = channel;
        this.mark = mark;
    }

    static RunningCommand start(SshConnection connection, GuestCommand command, GuestStreams streams)
            throws IOException, InterruptedException {
        String mark = MARK + "=" + UUID.randomUUID();
        byte[] firstLine = CommandLine.firstLine(command).getBytes(StandardCharsets.UTF_8);
        byte[] line = CommandLine.toExecute(command, mark).getBytes(StandardCharsets.UTF_8);
        CommandOutput out = new CommandOutput(streams.out());
        CommandOutput err = new CommandOutput(streams.err());
        AtomicReference<OutputStream> input = new AtomicReference<>();
        CommandChannel channel = connection.channel(out, err, opening -> {
            opening.setCommand(line);
            opening.setOutputStream(out, true);
            opening.setErrStream(err, true);
            input.set(opening.getOutputStream());
        });
        CommandChannel.feed(firstLine, streams.in(), input.get());
        return new RunningCommand(connection, channel, mark);
    }

    /** The exit status; when nobody waits or reads any more, the command is ended in the guest. */
    int await() throws IOException, InterruptedException {
        try {
            return channel.awaitStatus();
        } catch (InterruptedException | HostFailure e) {
            killInGuest();
            throw e;
        }
    }

    private void killInGuest() throws InterruptedException {
        if (!connection.isConnected()) {
            return;
        }
        Thread killer = new Thread(
                () -> {
                    try {
                        new CookieKiller(connection).kill(mark);
                    } catch (IOException e) {
                        // The guest is gone, and its commands with it.
                        System.getLogger(RunningCommand.class.getName())
                                .log(System.Logger.Level.DEBUG, "not killed", e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "qemu-sh kill");
        killer.setDaemon(true);
        killer.start();
        killer.join(KILL.toMillis());
    }

    @Override
    public void close() {
        channel.close();
    }
}
