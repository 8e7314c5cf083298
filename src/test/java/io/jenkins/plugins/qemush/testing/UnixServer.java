package io.jenkins.plugins.qemush.testing;

import io.jenkins.plugins.qemush.engine.supervisor.SocketStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Plays the other side of a Unix socket for one client, line by line. */
public final class UnixServer implements AutoCloseable {
    /** What the other side does. */
    public interface Play {
        void run(Peer peer) throws IOException, InterruptedException;
    }

    /** The client, as the play sees it. */
    public record Peer(BufferedReader in, OutputStream out) {
        public void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The next line; null when the client has gone. */
        public String hear() throws IOException {
            return in.readLine();
        }
    }

    private final ServerSocketChannel socket;
    private final Path path;
    private final CompletableFuture<Void> played = new CompletableFuture<>();

    private UnixServer(ServerSocketChannel socket, Path path) {
        this.socket = socket;
        this.path = path;
    }

    public static UnixServer start(Path path, Play play) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(path));
        UnixServer server = new UnixServer(socket, path);
        Thread thread = new Thread(() -> server.play(play), "test server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void play(Play play) {
        try (SocketChannel client = socket.accept()) {
            SocketStreams streams = new SocketStreams(client);
            play.run(new Peer(
                    new BufferedReader(new InputStreamReader(streams.input(), StandardCharsets.UTF_8)),
                    streams.output()));
            played.complete(null);
        } catch (IOException | InterruptedException e) {
            played.completeExceptionally(e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
