package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** This host's SSH server on a port of loopback, for the user who runs the tests. */
final class Sshd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final Process process;

    private Sshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts one; skips the test where there is none.
     *
     * @param folder for its files
     * @param environment of every session
     */
    static Sshd start(Path folder, Map<String, String> environment) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no " + PROGRAM + ": install openssh-server");
        makeKey(folder.resolve("host"));
        makeKey(folder.resolve("user"));
        int port = freePort();
        Path configuration = folder.resolve("sshd_config");
        Files.write(
                configuration,
                List.of(
                        "ListenAddress 127.0.0.1",
                        "Port " + port,
                        "HostKey " + folder.resolve("host"),
                        "AuthorizedKeysFile " + folder.resolve("user.pub"),
                        "StrictModes no",
                        "PermitRootLogin prohibit-password",
                        "PasswordAuthentication no",
                        "UsePAM no",
                        "PidFile none",
                        "Subsystem sftp internal-sftp",
                        "SetEnv "
                                + environment.entrySet().stream()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(" "))));
        if (Files.isWritable(Path.of("/run"))) {
            // Where root's sshd puts its children; distributions make it when they start theirs.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-D",
                        "-f",
                        configuration.toString(),
                        "-E",
                        folder.resolve("log").toString())
                .start();
        Sshd sshd = new Sshd(folder, port, process);
        await().until(sshd::answers);
        return sshd;
    }

    int port() {
        return port;
    }

    /** The key that it lets in. */
    String privateKey() throws IOException {
        return Files.readString(folder.resolve("user"));
    }

    /** Kills what its sessions run that has this word on its command line. */
    void kill(String word) {
        process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(word))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void makeKey(Path file) throws IOException, InterruptedException {
        Process keygen = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "", "-f", file.toString())
                .start();
        if (keygen.waitFor() != 0) {
            throw new IOException("ssh-keygen failed");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        kill("sshd");
        process.destroy();
    }
}
