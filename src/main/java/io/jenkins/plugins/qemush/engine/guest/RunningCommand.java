package io.jenkins.plugins.qemush.engine.guest;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One command in the guest, from its start to its exit status. */
final class RunningCommand implements AutoCloseable {
    /** For the end of a command that nobody waits for any more. */
    private static final Duration KILL = Duration.ofSeconds(15);

    /** Whether there is a user; if not, those that may log in. */
    private static final String USERS =
            """
            ! id -u "$1" >/dev/null 2>&1 || exit 0
            grep -v -e nologin -e /false -e /sync /etc/passwd | cut -d: -f1 | tr '\\n' ' '
            exit 1
            """;

    private final SshConnection connection;
    private final WaitingShell shell;
    private final ShellTurn turn;
    private boolean shellIsFree;

    private RunningCommand(SshConnection connection, WaitingShell shell, ShellTurn turn) {
        this.connection = connection;
        this.shell = shell;
        this.turn = turn;
    }

    /** Has the command begun by a shell that waits for one, if there is one. */
    static RunningCommand start(SshConnection connection, GuestCommand command, GuestStreams streams)
            throws IOException, InterruptedException {
        Optional<WaitingShell> waiting = connection.waitingShell(command.user());
        if (waiting.isPresent()) {
            RunningCommand running = new RunningCommand(connection, waiting.get(), new ShellTurn(command, streams));
            if (running.begin()) {
                return running;
            }
            // The guest ended the shell meanwhile, as a command may do with all of its user's processes.
            running.close();
        }
        ShellTurn turn = new ShellTurn(command, streams);
        RunningCommand running = new RunningCommand(connection, connection.newShell(command.user()), turn);
        if (!running.begin() && connection.isConnected() && !command.user().equals(GuestCommand.ROOT)) {
            try {
                requireUser(connection, command.user());
            } catch (IOException | InterruptedException e) {
                running.close();
                throw e;
            }
        }
        return running;
    }

    /** @throws HostFailure when the guest has no such user: its {@code su} says so with the status of a command */
    private static void requireUser(SshConnection connection, String user) throws IOException, InterruptedException {
        ByteArrayOutputStream users = new ByteArrayOutputStream();
        GuestCommand ask = GuestCommand.rootScript(USERS, user);
        if (connection.run(ask, GuestStreams.output(users, OutputStream.nullOutputStream())) != 0) {
            throw new HostFailure(
                    "The guest has no user " + user + ".",
                    "Its users are: " + users.toString(StandardCharsets.UTF_8).strip()
                            + ". Another is made by --user of run and up.");
        }
    }

    private boolean begin() throws InterruptedException {
        try {
            return shell.give(turn);
        } catch (InterruptedException e) {
            killInGuest();
            close();
            throw e;
        }
    }

    /** The exit status; when nobody waits or reads any more, the command is ended in the guest. */
    int await() throws IOException, InterruptedException {
        try {
            int status = shell.awaitStatus(turn);
            shellIsFree = turn.leavesShell();
            return status;
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
                        new CookieKiller(connection).kill(shell.mark());
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
        if (shellIsFree) {
            connection.keep(shell, turn.user());
        } else {
            shell.close();
        }
    }
}
