package io.jenkins.plugins.qemush.engine.guest;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A command on a pty in the guest, for people. */
public final class GuestTerminal implements AutoCloseable {
    private static final int OPEN_TIMEOUT_MILLIS = 60_000;

    private final ChannelExec channel;
    private final InputStream output;
    private final OutputStream input;

    private GuestTerminal(ChannelExec channel, InputStream output, OutputStream input) {
        this.channel = channel;
        this.output = output;
        this.input = input;
    }

    static GuestTerminal open(ChannelExec channel, GuestCommand command, String term, int columns, int rows)
            throws IOException {
        try {
            channel.setCommand(interactive(command).getBytes(StandardCharsets.UTF_8));
            channel.setPty(true);
            channel.setPtyType(term, columns, rows, 0, 0);
            InputStream output = channel.getInputStream();
            OutputStream input = channel.getOutputStream();
            channel.connect(OPEN_TIMEOUT_MILLIS);
            return new GuestTerminal(channel, output, input);
        } catch (JSchException e) {
            channel.disconnect();
            throw SshConnection.lost(e);
        }
    }

    /** No arguments: a login shell. A terminal's input line is limited and echoed, so the command goes as it is. */
    private static String interactive(GuestCommand command) {
        String shell = "exec su - " + ShellQuote.word(command.user());
        if (command.arguments().isEmpty() && command.directory().isEmpty()) {
            return shell;
        }
        String run = command.arguments().isEmpty() ? "exec \"$SHELL\" -l" : ShellQuote.words(command.arguments());
        String there = command.directory()
                .map(directory -> "cd " + ShellQuote.word(directory) + " && ")
                .orElse("");
        return shell + " -c " + ShellQuote.word(there + run);
    }

    public InputStream output() {
        return output;
    }

    public OutputStream input() {
        return input;
    }

    public void resize(int columns, int rows) {
        channel.setPtySize(columns, rows, 0, 0);
    }

    /**
     * The exit status once the output has ended.
     *
     * @throws IOException when the connection was lost before
     */
    public int exitStatus() throws IOException, InterruptedException {
        for (int i = 0; i < 500 && !channel.isClosed(); i++) {
            Thread.sleep(10);
        }
        if (channel.getExitStatus() < 0) {
            throw new IOException("the connection to the guest was lost");
        }
        return channel.getExitStatus();
    }

    @Override
    public void close() {
        channel.disconnect();
    }
}
