package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between a client and a server, and falls silent on demand: the connection stays, as that to a stopped guest. */
final class FreezingRelay implements AutoCloseable {
    private final ServerSocket socket;
    private final int server;
    private volatile boolean frozen;

    /** @param server the server's port on this host */
    FreezingRelay(int server) throws IOException {
        this.server = server;
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    void freeze() {
        frozen = true;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = socket.accept();
            Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
            daemon(() -> pump(client.getInputStream(), there.getOutputStream()));
            daemon(() -> pump(there.getInputStream(), client.getOutputStream()));
        }
    }

    private void pump(InputStream from, OutputStream to) throws IOException {
        byte[] block = new byte[8192];
        for (int count = from.read(block); count >= 0; count = from.read(block)) {
            if (!frozen) {
                to.write(block, 0, count);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side has gone.
                        return;
                    }
                },
                "test relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
