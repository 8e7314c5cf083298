package io.jenkins.plugins.qemush.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A port on loopback that leads to another one, until the way is cut. */
final class CuttableProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final List<Socket> open = new ArrayList<>();
    private boolean cut;

    CuttableProxy(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        daemon("proxy accepts", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Ends all connections, and every new one at once. */
    synchronized void cut() {
        cut = true;
        open.forEach(CuttableProxy::end);
        open.clear();
    }

    synchronized void heal() {
        cut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // The test is over, or the target is away: whoever connected sees that.
                continue;
            }
        }
    }

    private synchronized void connect(Socket from) throws IOException {
        if (cut) {
            end(from);
            return;
        }
        Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
        open.addAll(List.of(from, to));
        daemon("proxy there", () -> pump(from, to));
        daemon("proxy back", () -> pump(to, from));
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut, or closed by one side: the other's socket is closed, too.
            return;
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        cut();
        server.close();
    }
}
