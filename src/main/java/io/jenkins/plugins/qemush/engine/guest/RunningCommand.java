package io.jenkins.plugins.qemush.engine.guest;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** One command in the guest, from its start to its exit status. */
final class RunningCommand implements AutoCloseable {
    /** Marks the command's processes in the guest, whatever they do with sessions and parents. */
    private static final String COOKIE = "QEMU_SH_COMMAND";

    private static final int POLL_MILLIS = 4;

    private static final int OPEN_TIMEOUT_MILLIS = 60_000;

    /** JSch's value for "the server has not said". */
    private static final int UNKNOWN = -1;

    private final SshConnection connection;
    private final ChannelExec channel;
    private final String cookie;

    private RunningCommand(SshConnection connection, ChannelExec channel, String cookie) {
        this.connection = connection;
        this.channel = channel;
        this.cookie = cookie;
    }

    static RunningCommand start(SshConnection connection, GuestCommand command, GuestStreams streams)
            throws IOException {
        String cookie = UUID.randomUUID().toString();
        byte[] firstLine = CommandLine.firstLine(marked(command, cookie)).getBytes(StandardCharsets.UTF_8);
        ChannelExec channel = connection.execChannel();
        try {
            channel.setCommand(CommandLine.toExecute(command).getBytes(StandardCharsets.UTF_8));
            channel.setOutputStream(streams.out(), true);
            channel.setErrStream(streams.err(), true);
            OutputStream input = channel.getOutputStream();
            channel.connect(OPEN_TIMEOUT_MILLIS);
            input.write(firstLine);
            input.flush();
            feed(streams.in(), input);
            return new RunningCommand(connection, channel, cookie);
        } catch (JSchException | IOException e) {
            channel.disconnect();
            throw SshConnection.lost(e);
        }
    }

    private static GuestCommand marked(GuestCommand command, String cookie) {
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.put(COOKIE, cookie);
        return new GuestCommand(command.arguments(), command.user(), environment, command.directory());
    }

    private static void feed(InputStream from, OutputStream to) {
        Thread pump = new Thread(
                () -> {
                    try (to) {
                        byte[] block = new byte[16 * 1024];
                        for (int n = from.read(block); n >= 0; n = from.read(block)) {
                            to.write(block, 0, n);
                            to.flush();
                        }
                    } catch (IOException e) {
                        // The command ended without reading all of its input, as commands may.
                        System.getLogger(RunningCommand.class.getName())
                                .log(System.Logger.Level.TRACE, "input not read", e);
                    }
                },
                "qemu-sh command input");
        pump.setDaemon(true);
        pump.start();
    }

    int await() throws IOException, InterruptedException {
        try {
            while (!channel.isClosed() && connection.isConnected()) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.interrupted();
            killInGuest();
            Thread.currentThread().interrupt();
            throw e;
        }
        int status = channel.getExitStatus();
        if (status == UNKNOWN) {
            throw new IOException(
                    channel.getExitSignal() == null
                            ? "the SSH connection to the guest was lost before the command's exit status came"
                            : "the guest's SSH server ended the command with SIG" + channel.getExitSignal());
        }
        return status;
    }

    private void killInGuest() throws IOException, InterruptedException {
        if (connection.isConnected()) {
            new CookieKiller(connection).kill(COOKIE + "=" + cookie);
        }
    }

    @Override
    public void close() {
        channel.disconnect();
    }
}
