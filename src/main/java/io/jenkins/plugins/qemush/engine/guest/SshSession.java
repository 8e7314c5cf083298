package io.jenkins.plugins.qemush.engine.guest;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One authenticated SSH transport, and the channels on it. */
final class SshSession implements AutoCloseable {
    private static final Map<String, String> CONFIG = Map.of(
            "StrictHostKeyChecking", "yes",
            "PreferredAuthentications", "publickey",
            // Each of these would be a question whose answer is known.
            "enable_auth_none", "no",
            "enable_pubkey_auth_query", "no",
            "MaxAuthTries", "1",
            "cipher.s2c", "aes128-gcm@openssh.com,aes128-ctr",
            "cipher.c2s", "aes128-gcm@openssh.com,aes128-ctr",
            "kex", "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256",
            "compression.s2c", "none",
            "compression.c2s", "none");

    /** An RSA key signs with SHA-2 (RFC 8332); the other types have one algorithm each, of their own name. */
    private static final Map<String, String> HOST_KEY_ALGORITHMS =
            Map.of("ssh-rsa", "rsa-sha2-512,rsa-sha2-256,ssh-rsa");

    /** A guest that answers no keepalive for this many intervals is gone. */
    private static final int KEEPALIVES = 6;

    private static final int OPEN_TIMEOUT_MILLIS = 60_000;

    private final Session session;
    private final List<CommandOutput> outputs = new CopyOnWriteArrayList<>();

    private SshSession(Session session) {
        this.session = session;
    }

    /** See {@link SshConnection#open}. */
    static SshSession open(SshEndpoint endpoint, Duration patience) throws IOException {
        try {
            JSch jsch = new JSch();
            jsch.addIdentity(endpoint.privateKey().toString());
            Session session = jsch.getSession(GuestCommand.ROOT, SshEndpoint.HOST, endpoint.port());
            CONFIG.forEach(session::setConfig);
            session.setDaemonThread(true);
            pin(session, endpoint);
            // First: JSch begins to read without a limit otherwise, and sends no keepalive before something has come.
            session.setServerAliveCountMax(KEEPALIVES);
            session.setServerAliveInterval(
                    Math.toIntExact(endpoint.silence().dividedBy(KEEPALIVES).toMillis()));
            session.connect(Math.toIntExact(patience.toMillis()));
            return new SshSession(session);
        } catch (JSchException e) {
            throw explained(e);
        }
    }

    private static void pin(Session session, SshEndpoint endpoint) throws JSchException {
        String[] key = endpoint.hostKey().split(" ");
        String name = "[" + SshEndpoint.HOST + "]:" + endpoint.port();
        session.getHostKeyRepository().add(new HostKey(name, Base64.getDecoder().decode(key[1])), null);
        // Asked for by type: the server may have other keys that nobody pinned.
        session.setConfig("server_host_key", HOST_KEY_ALGORITHMS.getOrDefault(key[0], key[0]));
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
        if (message.startsWith("Algorithm negotiation fail")) {
            return new HostFailure(
                    "The guest's SSH server and qemu-sh have no algorithm in common: " + message + ".",
                    "Give the guest an OpenSSH of 2015 or later, with the host key that its image names.",
                    e);
        }
        return new IOException("no SSH connection: " + message, e);
    }

    /** Prepares a channel before it is opened. */
    interface Setup {
        void on(ChannelExec channel) throws IOException;
    }

    /**
     * Opens a channel.
     *
     * @return empty when the server allows no more of them on this connection (sshd's MaxSessions), or when a reader
     *     that has stopped reading holds it up
     */
    Optional<ChannelExec> channel(Setup setup) throws IOException, InterruptedException {
        Optional<Optional<ChannelExec>> opened = Abandonable.call(
                () -> openChannel(setup),
                () -> isStuck() || !session.isConnected(),
                late -> late.ifPresent(ChannelExec::disconnect),
                "qemu-sh channel");
        if (opened.isEmpty() && !session.isConnected()) {
            throw new IOException("the SSH connection to the guest was lost");
        }
        return opened.flatMap(channel -> channel);
    }

    private Optional<ChannelExec> openChannel(Setup setup) throws IOException {
        ChannelExec channel = null;
        try {
            channel = (ChannelExec) session.openChannel("exec");
            setup.on(channel);
            channel.connect(OPEN_TIMEOUT_MILLIS);
            return Optional.of(channel);
        } catch (JSchException e) {
            // A refused channel is closed; one whose answer never came is not.
            if (channel != null && channel.isClosed() && session.isConnected()) {
                return Optional.empty();
            }
            throw new IOException("the SSH connection to the guest was lost: " + e.getMessage(), e);
        }
    }

    /** Whether this connection can take another command now. */
    boolean isUsable() {
        return session.isConnected() && !isStuck();
    }

    private boolean isStuck() {
        return outputs.stream().anyMatch(CommandOutput::isStuck);
    }

    void watch(CommandOutput output) {
        outputs.add(output);
    }

    void forget(CommandOutput output) {
        outputs.remove(output);
    }

    boolean isConnected() {
        return session.isConnected();
    }

    @Override
    public void close() {
        session.disconnect();
    }
}
