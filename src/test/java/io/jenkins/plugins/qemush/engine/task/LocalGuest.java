package io.jenkins.plugins.qemush.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A guest without a machine: shells in a process and mount namespace of this host, where a folder is empty that the agent
 * uses at the same path. Its connection breaks on demand.
 */
final class LocalGuest implements GuestShell, AutoCloseable {
    private static final String SETUP = "mount -t tmpfs guest \"$1\" && echo ready && exec cat";

    private final Process namespace;
    private final String path;
    private final boolean root;
    private final List<Process> connections = new CopyOnWriteArrayList<>();
    private final Queue<Long> limits = new ConcurrentLinkedQueue<>();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger vainAttempts = new AtomicInteger();
    private volatile boolean unreachable;

    /**
     * @param folder what the guest has its own of
     * @param path where its programs are
     */
    private LocalGuest(Path folder, String path) throws IOException, InterruptedException {
        this.path = path;
        root = new ProcessBuilder("sh", "-c", "[ $(id -u) = 0 ]").start().waitFor() == 0;
        namespace = new ProcessBuilder(
                        "unshare",
                        root ? "-mpf" : "-rmpf",
                        "--mount-proc",
                        "--kill-child",
                        "sh",
                        "-c",
                        SETUP,
                        "sh",
                        "" + folder)
                .redirectErrorStream(true)
                .start();
        BufferedReader said = namespace.inputReader();
        String line = said.readLine();
        assumeTrue("ready".equals(line), "SKIPPED: no namespaces here: " + line);
    }

    static LocalGuest withDash(Path folder) throws IOException, InterruptedException {
        return new LocalGuest(folder, "/usr/bin:/bin");
    }

    /** Every program is busybox. */
    static LocalGuest withBusybox(Path folder, Path programs) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/busybox")), "SKIPPED: busybox is not installed");
        Files.createDirectories(programs);
        new ProcessBuilder("/bin/busybox", "--install", "-s", programs.toString())
                .start()
                .waitFor();
        return new LocalGuest(folder, programs.toString());
    }

    @Override
    public int run(GuestCommand command, GuestStreams streams) throws IOException, InterruptedException {
        if (unreachable) {
            vainAttempts.incrementAndGet();
            throw new IOException("no connection");
        }
        runs.incrementAndGet();
        long limit = Optional.ofNullable(limits.poll()).orElse(Long.MAX_VALUE);
        Process process = start(command);
        connections.add(process);
        Thread input = new Thread(() -> feed(streams.in(), process), "guest input");
        Thread errors = new Thread(() -> pump(process.getErrorStream(), streams.err(), Long.MAX_VALUE));
        Thread output = new Thread(() -> pump(process.getInputStream(), streams.out(), limit));
        List.of(input, errors, output).forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
        try {
            int status = process.waitFor();
            output.join();
            errors.join();
            if (!connections.remove(process)) {
                throw new IOException("connection lost");
            }
            return status;
        } catch (InterruptedException e) {
            end(process);
            throw e;
        }
    }

    private Process start(GuestCommand command) throws IOException {
        long init = namespace.children().findFirst().orElseThrow().pid();
        List<String> line = new ArrayList<>(List.of("nsenter", "-t", String.valueOf(init), "-m", "-p"));
        if (!root) {
            line.addAll(List.of("-U", "--preserve-credentials"));
        }
        line.addAll(List.of("env", "-i", "HOME=/", "LANG=C.UTF-8", "PATH=" + path));
        // As over SSH, the command comes on standard input and shows in no process list.
        byte[] text = (ShellQuote.words(command.arguments()) + "; exit $?").getBytes(StandardCharsets.UTF_8);
        // Byte by byte: busybox' head takes some of the command's own input, too.
        line.addAll(List.of("sh", "-c", "eval \"$(dd bs=1 count=" + text.length + " 2>/dev/null)\""));
        Process process = new ProcessBuilder(line).start();
        process.getOutputStream().write(text);
        process.getOutputStream().flush();
        return process;
    }

    /** Breaks all connections, now. What runs in the guest goes on. */
    void drop() {
        List<Process> open = List.copyOf(connections);
        connections.removeAll(open);
        open.forEach(LocalGuest::end);
    }

    private static void end(Process process) {
        process.descendants().filter(LocalGuest::isFollower).forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** The task itself has left for a session of its own, but not for another parent. */
    private static boolean isFollower(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("eval ");
    }

    /** Lets each of the next connections break after so many bytes. */
    void dropAfter(Long... bytes) {
        limits.addAll(List.of(bytes));
    }

    void unreachable(boolean now) {
        unreachable = now;
        drop();
    }

    /** How often it was asked for something while it could not be reached. */
    int vainAttempts() {
        return vainAttempts.get();
    }

    int runs() {
        return runs.get();
    }

    private static void feed(InputStream input, Process process) {
        try (OutputStream stdin = process.getOutputStream()) {
            byte[] buffer = new byte[4096];
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                stdin.write(buffer, 0, count);
                stdin.flush();
            }
        } catch (IOException e) {
            // The process has ended and reads no more; its status tells.
            return;
        }
    }

    private void pump(InputStream from, OutputStream to, long limit) {
        byte[] buffer = new byte[7 * 1024];
        long left = limit;
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, (int) Math.min(left, count));
                to.flush();
                if (left < count) {
                    drop();
                    return;
                }
                left -= count;
            }
        } catch (IOException e) {
            // The process is gone; its status tells.
            return;
        }
    }

    /** Runs a script in the guest and returns what it prints. */
    String sh(String script) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = run(GuestCommand.rootScript(script), GuestStreams.output(out, out));
        assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        namespace.getOutputStream().close();
        namespace.onExit().join();
    }
}
