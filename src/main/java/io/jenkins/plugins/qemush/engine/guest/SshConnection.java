package io.jenkins.plugins.qemush.engine.guest;

import com.jcraft.jsch.ChannelExec;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The way to a guest, as root; every command is a channel of its own.
 *
 * <p>A handshake costs the guest 0.5 to 1.8 s under TCG, a channel 0.05 s: all commands share one session, and another is
 * opened only when none takes one more (sshd's MaxSessions is 10 by default), hangs on a reader, or lives.
 */
public final class SshConnection implements GuestShell, AutoCloseable {
    /** For each answer of a later handshake: the guest is up, but may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_SESSIONS = 32;

    private final SshEndpoint endpoint;
    private final List<SshSession> sessions = new CopyOnWriteArrayList<>();
    private final WaitingShells shells = new WaitingShells(this::shellOnOpenSession);
    private volatile boolean closed;

    private SshConnection(SshEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Connects once. QEMU's network accepts a connection whether or not anybody listens in the guest, so it is the
     * server's banner that is waited for.
     *
     * @param patience how long the guest may take for each answer of the handshake
     * @throws HostFailure when the guest refuses the key or shows another host key than the pinned one
     * @throws IOException when it did not answer (yet)
     */
    public static SshConnection open(SshEndpoint endpoint, Duration patience) throws IOException, InterruptedException {
        SshConnection connection = new SshConnection(endpoint);
        connection.sessions.add(session(endpoint, patience));
        return connection;
    }

    private static SshSession session(SshEndpoint endpoint, Duration patience)
            throws IOException, InterruptedException {
        return Abandonable.call(
                        () -> SshSession.open(endpoint, patience), () -> false, SshSession::close, "qemu-sh connect")
                .orElseThrow();
    }

    @Override
    public int run(GuestCommand command, GuestStreams streams) throws IOException, InterruptedException {
        shells.commandStarts();
        try (RunningCommand running = RunningCommand.start(this, command, streams)) {
            return running.await();
        } finally {
            shells.commandEnds(command.user());
        }
    }

    /** One that is ready; nobody else gets it. */
    Optional<WaitingShell> waitingShell(String user) {
        return shells.take(user);
    }

    /** Takes back a shell whose command shared it. */
    void keep(WaitingShell shell, String user) {
        shells.keep(user, shell);
    }

    WaitingShell newShell(String user) throws IOException, InterruptedException {
        return WaitingShell.open((out, err, setup) -> Optional.of(channel(out, err, setup)), user)
                .orElseThrow();
    }

    /** No session is made for a shell that may never be used. */
    private Optional<WaitingShell> shellOnOpenSession(String user) throws IOException, InterruptedException {
        return WaitingShell.open(this::channelOnOpenSession, user);
    }

    /** Opens a terminal: the command runs on a pty in the guest, and {@code screen} takes what it shows. */
    public GuestTerminal terminal(GuestCommand command, String term, int columns, int rows, OutputStream screen)
            throws IOException, InterruptedException {
        return GuestTerminal.open(this, command, term, columns, rows, screen);
    }

    /** Opens a channel on the first session that takes it. */
    CommandChannel channel(CommandOutput out, CommandOutput err, SshSession.Setup setup)
            throws IOException, InterruptedException {
        while (true) {
            int known = sessions.size();
            Optional<CommandChannel> channel = channelOnOpenSession(out, err, setup);
            if (channel.isPresent()) {
                return channel.get();
            }
            grow(known);
        }
    }

    private Optional<CommandChannel> channelOnOpenSession(CommandOutput out, CommandOutput err, SshSession.Setup setup)
            throws IOException, InterruptedException {
        for (SshSession session : sessions) {
            Optional<ChannelExec> channel = session.isUsable() ? session.channel(setup) : Optional.empty();
            if (channel.isPresent()) {
                return Optional.of(new CommandChannel(session, channel.get(), out, err));
            }
        }
        return Optional.empty();
    }

    /** Adds a session, unless another thread has done so meanwhile. */
    private synchronized void grow(int known) throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("the connection to the guest is closed");
        }
        if (sessions.size() > known) {
            return;
        }
        sessions.removeIf(session -> !session.isConnected());
        if (sessions.size() >= MOST_SESSIONS) {
            throw new HostFailure(
                    "The guest's SSH server takes no more commands on " + MOST_SESSIONS + " connections.",
                    "Run fewer commands at once, or raise MaxSessions in the image's sshd_config.");
        }
        SshSession added = session(endpoint, PATIENCE);
        sessions.add(added);
        if (closed) {
            added.close();
        }
    }

    /** Whether no session was lost. */
    public boolean isConnected() {
        return sessions.stream().allMatch(SshSession::isConnected);
    }

    @Override
    public void close() {
        closed = true;
        shells.close();
        sessions.forEach(SshSession::close);
    }
}
