package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** A command on a pty in the guest, for people. */
public final class GuestTerminal implements AutoCloseable {
    private final CommandChannel channel;
    private final OutputStream input;
    private final OutputGrace grace;

    private GuestTerminal(CommandChannel channel, OutputStream input, OutputGrace grace) {
        this.channel = channel;
        this.input = input;
        this.grace = grace;
    }

    static GuestTerminal open(
            SshConnection connection, GuestCommand command, String term, int columns, int rows, OutputStream screen)
            throws IOException, InterruptedException {
        byte[] line = interactive(command).getBytes(StandardCharsets.UTF_8);
        CommandOutput out = new CommandOutput(screen);
        AtomicReference<OutputStream> input = new AtomicReference<>();
        CommandChannel channel = connection.channel(out, out, opening -> {
            opening.setCommand(line);
            opening.setPty(true);
            opening.setPtyType(term, columns, rows, 0, 0);
            opening.setOutputStream(out, true);
            input.set(opening.getOutputStream());
        });
        return new GuestTerminal(channel, input.get(), new OutputGrace(command.outputGrace(), screen));
    }

    /** No arguments: a login shell. A terminal's input line is limited and echoed, so the command goes as it is. */
    private static String interactive(GuestCommand command) {
        String shell = CommandLine.USUAL_UMASK + ";exec su - " + ShellQuote.word(command.user());
        if (command.arguments().isEmpty() && command.directory().isEmpty()) {
            return shell;
        }
        String run = command.arguments().isEmpty() ? "exec \"$SHELL\" -l" : ShellQuote.words(command.arguments());
        String there = command.directory()
                .map(directory -> "cd -- " + ShellQuote.word(directory) + " && ")
                .orElse("");
        return shell + " -c " + ShellQuote.word(there + run);
    }

    /** Sends what is typed, on a thread of its own; the end of it is the end of the terminal's input. */
    public void type(InputStream keys) {
        CommandChannel.pump(() -> {
            try (input) {
                CommandChannel.copy(keys, input);
            }
        });
    }

    public void resize(int columns, int rows) {
        channel.resize(columns, rows);
    }

    /**
     * Waits for the exit status; all of the output was delivered by then.
     *
     * @throws IOException when the connection was lost before
     */
    public int exitStatus() throws IOException, InterruptedException {
        return channel.awaitStatus(grace);
    }

    @Override
    public void close() {
        channel.close();
    }
}
