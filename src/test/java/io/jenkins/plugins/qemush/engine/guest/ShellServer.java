package io.jenkins.plugins.qemush.engine.guest;

import com.jcraft.jsch.JSch;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;

/** An SSH server on the loopback that runs commands in this host's shell, as sshd does: a guest without a machine. */
final class ShellServer implements AutoCloseable {
    /** As sshd has it: for each connection. */
    private static final int MAX_SESSIONS = 10;

    private final SshServer server = SshServer.setUpDefaultServer();
    private final OneTimeKey clientKey;
    private final KeyPair hostKey;
    private final AtomicInteger sessions = new AtomicInteger();
    private final List<ChannelSession> channels = new CopyOnWriteArrayList<>();

    private ShellServer(OneTimeKey clientKey, KeyPair hostKey) {
        this.clientKey = clientKey;
        this.hostKey = hostKey;
    }

    static ShellServer start(Path folder) throws Exception {
        return start(folder, "sh");
    }

    static ShellServer start(Path folder, String... shell) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        ShellServer started = new ShellServer(ecdsaKey(folder.resolve("client-key")), generator.generateKeyPair());
        PublicKey allowed = PublicKeyEntry.parsePublicKeyEntry(started.clientKey.publicLine())
                .resolvePublicKey(null, null, null);
        SshServer server = started.server;
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(started.hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(allowed, key));
        server.setChannelFactories(List.of(new LimitedSessions()));
        server.setCommandFactory((channel, line) -> {
            started.channels.add(channel);
            return new HostCommand(List.of(shell), line, (TellingSession) channel);
        });
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                started.sessions.incrementAndGet();
            }
        });
        server.start();
        return started;
    }

    /** A key of a type that this server knows; ed25519 it knows only with another library. */
    static OneTimeKey ecdsaKey(Path file) throws Exception {
        com.jcraft.jsch.KeyPair pair =
                com.jcraft.jsch.KeyPair.genKeyPair(new JSch(), com.jcraft.jsch.KeyPair.ECDSA, 256);
        pair.writePrivateKey(file.toString());
        return OneTimeKey.of(file, null);
    }

    SshEndpoint endpoint() {
        return new SshEndpoint(server.getPort(), clientKey.privateKey(), hostKeyLine(), Duration.ofSeconds(30));
    }

    private String hostKeyLine() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    SshConnection connect() throws IOException, InterruptedException {
        return SshConnection.open(endpoint(), Duration.ofSeconds(20));
    }

    /** How many connections were ever made. */
    int sessionsSeen() {
        return sessions.get();
    }

    /** How many channels were ever opened. */
    int channelsSeen() {
        return channels.size();
    }

    /** Drops every connection without a word. */
    void dropConnections() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    /** Closes the channel of every running command without telling an exit status. */
    void closeChannels() {
        channels.forEach(channel -> channel.close(false));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** Refuses channels as sshd does with MaxSessions: the connection lives on. */
    private static final class LimitedSessions extends ChannelSessionFactory {
        private final Map<Session, AtomicInteger> open = new ConcurrentHashMap<>();

        @Override
        public Channel createChannel(Session session) {
            AtomicInteger count = open.computeIfAbsent(session, s -> new AtomicInteger());
            return new TellingSession() {
                @Override
                protected OpenFuture doInit(Buffer buffer) {
                    addCloseFutureListener(closed -> count.decrementAndGet());
                    if (count.incrementAndGet() <= MAX_SESSIONS) {
                        return super.doInit(buffer);
                    }
                    DefaultOpenFuture refused = new DefaultOpenFuture(this, this);
                    refused.setException(new SshChannelOpenException(
                            getChannelId(), SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "too many sessions"));
                    return refused;
                }
            };
        }
    }

    /** Tells an exit status before the outputs have ended, as OpenSSH's server does. */
    private static class TellingSession extends ChannelSession {
        void tellStatus(int status) throws IOException {
            sendExitStatus(status);
        }
    }

    /** Java's own pipes end with the process, whoever else holds them. */
    private record Pipe(Path path) {
        static Pipe make() throws IOException {
            Path path = Path.of(System.getProperty("java.io.tmpdir"), "qemu-sh-test-" + UUID.randomUUID());
            try {
                new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("no pipe was made");
            }
            return new Pipe(path);
        }
    }

    /** One command, in a process of this host. */
    private static final class HostCommand implements Command {
        private final List<String> shell;
        private final String line;
        private final TellingSession session;
        private InputStream in;
        private OutputStream out;
        private OutputStream err;
        private ExitCallback callback;

        HostCommand(List<String> shell, String line, TellingSession session) {
            this.shell = shell;
            this.line = line;
            this.session = session;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback exit) {
            callback = exit;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) throws IOException {
            List<String> command = new ArrayList<>(shell);
            command.addAll(List.of("-c", line));
            Pipe outPipe = Pipe.make();
            Pipe errPipe = Pipe.make();
            Thread stdout = daemon(() -> pump(outPipe, out));
            Thread stderr = daemon(() -> pump(errPipe, err));
            Process process = new ProcessBuilder(command)
                    .redirectOutput(outPipe.path().toFile())
                    .redirectError(errPipe.path().toFile())
                    .start();
            daemon(() -> pump(in, process.getOutputStream()));
            daemon(() -> {
                try {
                    int status = process.waitFor();
                    session.tellStatus(status);
                    stdout.join();
                    stderr.join();
                    callback.onExit(status);
                } catch (IOException e) {
                    // The client is gone.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        private static Thread daemon(Runnable work) {
            Thread thread = new Thread(work, "test command");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        private static void pump(Pipe from, OutputStream to) {
            try (InputStream opened = Files.newInputStream(from.path())) {
                Files.delete(from.path());
                pump(opened, to);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void pump(InputStream from, OutputStream to) {
            try (to) {
                byte[] block = new byte[32 * 1024];
                for (int n = from.read(block); n >= 0; n = from.read(block)) {
                    to.write(block, 0, n);
                    to.flush();
                }
            } catch (IOException e) {
                // One side ended before the other.
            }
        }

        @Override
        public void destroy(ChannelSession channel) {
            // sshd does not end a command whose channel was closed either.
        }
    }
}
