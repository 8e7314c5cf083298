package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * A shell in the guest that waits for a command, on a channel of its own. To open that and to start a shell takes a guest
 * without KVM longer than most commands, so it may be done before there is one, and once for several that share it.
 */
final class WaitingShell implements AutoCloseable {
    private static final int LOOK_MILLIS = 20;

    private final String mark = UUID.randomUUID().toString();
    private final LateReader out = new LateReader();
    private final LateReader err = new LateReader();
    private CommandChannel channel;
    private OutputStream input;

    private WaitingShell() {}

    /** Opens a channel, on whichever connection. */
    interface Opener {
        Optional<CommandChannel> open(CommandOutput out, CommandOutput err, SshSession.Setup setup)
                throws IOException, InterruptedException;
    }

    /**
     * Opens one.
     *
     * @return empty when the opener has no channel
     */
    static Optional<WaitingShell> open(Opener opener, String user) throws IOException, InterruptedException {
        WaitingShell shell = new WaitingShell();
        byte[] line = CommandLine.toExecute(user, shell.mark).getBytes(StandardCharsets.UTF_8);
        CommandOutput out = new CommandOutput(shell.out);
        CommandOutput err = new CommandOutput(shell.err);
        Optional<CommandChannel> channel = opener.open(out, err, opening -> {
            opening.setCommand(line);
            opening.setOutputStream(out, true);
            opening.setErrStream(err, true);
            shell.input = opening.getOutputStream();
        });
        channel.ifPresent(opened -> shell.channel = opened);
        return channel.map(opened -> shell);
    }

    /** What the command's processes have in their environment, {@code NAME=value}. */
    String mark() {
        return CommandLine.MARK + "=" + mark;
    }

    /** Whether it can still be given a command, as far as is known. */
    boolean isWaiting() {
        return channel.isUsable();
    }

    /**
     * Gives it a command and waits until it has read that. Only then does it get the command's input.
     *
     * @return false when the shell ended before: the command did not run, and nothing was read from its input
     */
    boolean give(ShellTurn turn) throws InterruptedException {
        BeginMark begin = turn.begin();
        out.readBy(turn.out());
        err.readBy(turn.err());
        CommandChannel.pump(() -> turn.feed(input));
        try {
            while (!begin.await(LOOK_MILLIS) && channel.isOpen()) {
                // The mark of a shell that ended has come before its end, or does not come.
            }
        } finally {
            begin.giveUp();
        }
        return begin.await();
    }

    /**
     * Waits for the end of the command that it was given.
     *
     * @see CommandChannel#awaitStatus
     */
    int awaitStatus(ShellTurn turn) throws IOException, InterruptedException {
        OutputGrace grace = turn.grace();
        channel.awaitEndOr(turn::isOver, grace);
        if (turn.isOver()) {
            channel.requireReaders();
            return 0;
        }
        return channel.awaitStatus(grace);
    }

    /** A shell that was given nothing ends by it. */
    @Override
    public void close() {
        channel.close();
    }
}
