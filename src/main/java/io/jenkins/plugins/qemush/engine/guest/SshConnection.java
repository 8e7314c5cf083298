package io.jenkins.plugins.qemush.engine.guest;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * The one SSH connection to a guest, as root; every command is a channel on it.
 *
 * <p>A handshake costs the guest 0.5 to 1.8 s under TCG, a channel 0.05 s.
 */
public final class SshConnection implements GuestShell, AutoCloseable {
    /** chacha20 first: without AES instructions, as under TCG, it is the fastest by far. */
    private static final Map<String, String> CONFIG = Map.of(
            "StrictHostKeyChecking", "yes",
            "PreferredAuthentications", "publickey",
            "MaxAuthTries", "1",
            "cipher.s2c", "chacha20-poly1305@openssh.com,aes128-gcm@openssh.com,aes128-ctr",
            "cipher.c2s", "chacha20-poly1305@openssh.com,aes128-gcm@openssh.com,aes128-ctr",
            "kex", "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256",
            "compression.s2c", "none",
            "compression.c2s", "none");

    /** A guest that answers no keepalive for this many intervals is gone. */
    private static final int KEEPALIVES = 6;

    private static final Duration KEEPALIVE_INTERVAL = Duration.ofSeconds(5);

    private final Session session;

    private SshConnection(Session session) {
        this.session = session;
    }

    /**
     * Connects once. QEMU's network accepts a connection whether or not anybody listens in the guest, so it is the
     * server's banner that is waited for.
     *
     * @param patience how long the guest may take for each answer of the handshake
     * @throws HostFailure when the guest refuses the key or shows another host key than the pinned one
     * @throws IOException when it did not answer (yet)
     */
    public static SshConnection open(SshEndpoint endpoint, Duration patience) throws IOException {
        try {
            JSch jsch = new JSch();
            jsch.addIdentity(endpoint.privateKey().toString());
            Session session = jsch.getSession(GuestCommand.ROOT, SshEndpoint.HOST, endpoint.port());
            CONFIG.forEach(session::setConfig);
            session.setDaemonThread(true);
            pin(session, endpoint);
            session.connect(Math.toIntExact(patience.toMillis()));
            session.setServerAliveCountMax(KEEPALIVES);
            session.setServerAliveInterval(Math.toIntExact(KEEPALIVE_INTERVAL.toMillis()));
            return new SshConnection(session);
        } catch (JSchException e) {
            throw explained(e);
        }
    }

    private static void pin(Session session, SshEndpoint endpoint) throws JSchException {
        byte[] key = Base64.getDecoder().decode(endpoint.hostKey().split(" ")[1]);
        String name = "[" + SshEndpoint.HOST + "]:" + endpoint.port();
        session.getHostKeyRepository().add(new HostKey(name, key), null);
        // Asked for by type: the server may have other keys that nobody pinned.
        session.setConfig("server_host_key", endpoint.hostKey().split(" ")[0]);
    }

    private static IOException explained(JSchException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Auth fail") || message.startsWith("Auth cancel")) {
            return new HostFailure(
                    "The guest's SSH server refused root's key.",
                    "Let the image's sshd_config say PermitRootLogin prohibit-password and PubkeyAuthentication yes.",
                    e);
        }
        if (message.contains("HostKey") || message.contains("reject")) {
            return new HostFailure(
                    "The guest showed another SSH host key than the image's own.",
                    "If the image was changed on purpose, build or add it again; otherwise do not trust it.",
                    e);
        }
        return new IOException("no SSH connection: " + message, e);
    }

    @Override
    public int run(GuestCommand command, GuestStreams streams) throws IOException, InterruptedException {
        try (RunningCommand running = RunningCommand.start(this, command, streams)) {
            return running.await();
        }
    }

    /** Opens a terminal: the command's streams are those of a pty in the guest. */
    public GuestTerminal terminal(GuestCommand command, String term, int columns, int rows) throws IOException {
        return GuestTerminal.open(execChannel(), command, term, columns, rows);
    }

    public boolean isConnected() {
        return session.isConnected();
    }

    ChannelExec execChannel() throws IOException {
        try {
            return (ChannelExec) session.openChannel("exec");
        } catch (JSchException e) {
            throw lost(e);
        }
    }

    static IOException lost(Exception e) {
        if (e instanceof InterruptedIOException interrupted) {
            return interrupted;
        }
        return new IOException("the SSH connection to the guest was lost: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        session.disconnect();
    }
}
