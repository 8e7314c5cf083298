package io.jenkins.plugins.qemush.engine.supervisor;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Listens on a machine's control socket; the run directory's mode keeps others out. */
final class ControlServer implements AutoCloseable {
    private final ServerSocketChannel socket;
    private final Supervisor supervisor;

    private ControlServer(ServerSocketChannel socket, Supervisor supervisor) {
        this.socket = socket;
        this.supervisor = supervisor;
    }

    static ControlServer listen(Path path, Supervisor supervisor) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(path));
        ControlServer server = new ControlServer(socket, supervisor);
        thread(server::accept, "qemu-sh control");
        return server;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = socket.accept();
                thread(() -> new ControlSession(client, supervisor).serve(), "qemu-sh client");
            }
        } catch (ClosedChannelException e) {
            // The machine is over.
            return;
        } catch (IOException e) {
            System.getLogger(ControlServer.class.getName()).log(System.Logger.Level.ERROR, "no more clients", e);
        }
    }

    private static void thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
