package io.jenkins.plugins.qemush.engine.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands over a real SSH server, without a machine behind it. */
@Timeout(120)
class SshConnectionTest {
    /** For whatever this host's load slows down. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int MAX_SESSIONS = 10;

    @TempDir
    private Path folder;

    private ShellServer server;
    private SshConnection connection;

    @BeforeEach
    void connect() throws Exception {
        server = ShellServer.start(folder, MAX_SESSIONS);
        connection = server.connect();
    }

    @AfterEach
    void disconnect() throws IOException {
        connection.close();
        server.close();
    }

    private static GuestCommand sh(String script) {
        return new GuestCommand(List.of("sh", "-c", script), GuestCommand.ROOT, Map.of(), Optional.of("/"));
    }

    private static GuestStreams nowhere() {
        return GuestStreams.output(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }

    private String output(String script) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        connection.run(sh(script), GuestStreams.output(out, OutputStream.nullOutputStream()));
        return out.toString(UTF_8);
    }

    /** Starts a command that says so and then does not end; the future is its run. */
    private CompletableFuture<Integer> startEndless(String script) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                started.countDown();
            }
        };
        CompletableFuture<Integer> run = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                run.complete(connection.run(
                        sh("echo started; " + script), GuestStreams.output(out, OutputStream.nullOutputStream())));
            } catch (IOException | InterruptedException e) {
                run.completeExceptionally(e);
            }
        });
        thread.start();
        run.whenComplete((status, failure) -> thread.interrupt());
        started.await();
        return run;
    }

    @Test
    void exitStatusIsTheCommandsOwn() throws Exception {
        for (int status : List.of(0, 1, 2, 42, 126, 127, 128, 137, 254, 255)) {
            assertThat(connection.run(sh("exit " + status), nowhere())).isEqualTo(status);
        }
    }

    @Test
    void deathBySignalIsToldAsAShellDoes() throws Exception {
        assertThat(connection.run(sh("kill -TERM $$"), nowhere())).isEqualTo(128 + 15);
        assertThat(connection.run(sh("kill -KILL $$"), nowhere())).isEqualTo(128 + 9);
    }

    @Test
    void outputAndErrorsStayApart() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        connection.run(sh("echo to out; echo to err >&2"), GuestStreams.output(out, err));

        assertThat(out.toString(UTF_8)).isEqualTo("to out\n");
        assertThat(err.toString(UTF_8)).isEqualTo("to err\n");
    }

    @Test
    void inputReachesTheCommandToItsEndByteForByte() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        ByteArrayOutputStream received = new ByteArrayOutputStream();

        int status = connection.run(
                sh("cat"), new GuestStreams(new ByteArrayInputStream(sent), received, OutputStream.nullOutputStream()));

        assertThat(status).isZero();
        assertThat(received.toByteArray()).isEqualTo(sent);
    }

    @Test
    void commandEndsThoughItsInputIsNeverRead() throws Exception {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'y';
            }
        };

        int status = connection.run(
                sh("exit 3"),
                new GuestStreams(endless, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));

        assertThat(status).isEqualTo(3);
    }

    @Test
    void commandEndsThoughNobodyTypes() throws Exception {
        try (PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream silent = new PipedInputStream(keyboard)) {
            int status = connection.run(
                    sh("exit 4"),
                    new GuestStreams(silent, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));

            assertThat(status).isEqualTo(4);
        }
    }

    @Test
    void muchOutputPassesWithoutMemory() throws Exception {
        Runtime runtime = Runtime.getRuntime();
        AtomicLong most = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                bytes.incrementAndGet();
            }

            @Override
            public void write(byte[] block, int offset, int length) {
                if (bytes.addAndGet(length) / (8 << 20) > (bytes.get() - length) / (8 << 20)) {
                    System.gc();
                    most.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                }
            }
        };
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();

        int status = connection.run(
                sh("head -c 41943040 /dev/zero"), GuestStreams.output(out, OutputStream.nullOutputStream()));

        assertThat(status).isZero();
        assertThat(bytes).hasValue(40 << 20);
        assertThat(most.get() - before).isLessThan(16 << 20);
    }

    @Test
    void lostConnectionIsNeverSuccess() throws Exception {
        CompletableFuture<Integer> run = startEndless("sleep 60");

        server.dropConnections();

        assertThatThrownBy(run::get).isInstanceOf(ExecutionException.class).hasMessageContaining("lost");
    }

    @Test
    void closedChannelWithoutExitStatusIsNeverSuccess() throws Exception {
        CompletableFuture<Integer> run = startEndless("sleep 60");

        server.closeChannels();

        assertThatThrownBy(run::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("before the command's exit status came");
    }

    @Test
    void commandAfterALostConnectionGetsANewOne() throws Exception {
        assertThat(output("echo one")).isEqualTo("one\n");
        server.dropConnections();
        await().until(() -> !connection.isConnected());

        assertThat(output("echo two")).isEqualTo("two\n");
        assertThat(connection.isConnected()).isTrue();
    }

    @Test
    void closedConnectionStaysClosed() {
        connection.close();

        assertThatThrownBy(() -> connection.run(sh("true"), nowhere())).isInstanceOf(IOException.class);
        assertThat(server.sessionsSeen()).isEqualTo(1);
    }

    @Test
    void manyCommandsAtOnceNeedFewConnections() throws Exception {
        int commands = 25;
        ExecutorService threads = Executors.newFixedThreadPool(commands);
        List<Future<String>> outputs = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            String script = "echo " + i + "; while [ ! -e " + folder + "/go ]; do sleep 0.1; done; echo end";
            outputs.add(threads.submit(() -> output(script)));
        }

        await().untilAsserted(() -> assertThat(server.sessionsSeen()).isGreaterThanOrEqualTo(3));
        assertThat(outputs).noneMatch(Future::isDone);
        Files.createFile(folder.resolve("go"));

        for (int i = 0; i < commands; i++) {
            assertThat(outputs.get(i).get()).isEqualTo(i + "\nend\n");
        }
        assertThat(server.sessionsSeen()).isBetween(3, 4);
        threads.shutdown();
    }

    @Test
    void stuckReaderHoldsUpNoNewCommand() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        OutputStream stuck = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                try {
                    reached.countDown();
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        ExecutorService threads = Executors.newCachedThreadPool();
        Future<Integer> paused = threads.submit(() ->
                connection.run(sh("echo x; exit 5"), GuestStreams.output(stuck, OutputStream.nullOutputStream())));
        reached.await();
        assertThat(output("echo well")).isEqualTo("well\n");
        assertThat(server.sessionsSeen()).isEqualTo(2);

        assertThat(paused).isNotDone();
        release.countDown();
        assertThat(paused.get()).isEqualTo(5);
        threads.shutdown();
    }

    @Test
    void readerThatGoesAwayEndsTheCommand() throws Exception {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThatThrownBy(() -> connection.run(
                        sh("echo $$ >" + folder + "/pid; while :; do echo y; sleep 0.1; done"),
                        GuestStreams.output(broken, OutputStream.nullOutputStream())))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("Broken pipe");
        assertGone(Long.parseLong(Files.readString(folder.resolve("pid")).strip()));
    }

    @Test
    void interruptEndsTheCommandAndItsChildren() throws Exception {
        Thread waiting = new Thread(() -> {
            try {
                connection.run(
                        sh("sleep 1000 & echo $! $$ >" + folder + "/new; mv " + folder + "/new " + folder
                                + "/pids; wait"),
                        nowhere());
            } catch (IOException | InterruptedException e) {
                // Expected: nobody waits for the result.
            }
        });
        waiting.start();
        Path pids = folder.resolve("pids");
        await().until(() -> Files.exists(pids));

        waiting.interrupt();
        waiting.join();

        for (String pid : Files.readString(pids).strip().split(" ")) {
            assertGone(Long.parseLong(pid));
        }
    }

    /** Busybox runs many of its commands in a fork of the shell that executes nothing. */
    @Test
    void interruptEndsBusyboxCommandsToo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/busybox")) || Files.isExecutable(Path.of("/bin/busybox")));
        try (ShellServer busybox = ShellServer.start(
                        Files.createDirectory(folder.resolve("busybox")), MAX_SESSIONS, "busybox", "sh");
                SshConnection guest = busybox.connect()) {
            String seconds = "1000." + ProcessHandle.current().pid();
            GuestCommand sleep =
                    new GuestCommand(List.of("sleep", seconds), GuestCommand.ROOT, Map.of(), Optional.of("/"));
            Thread waiting = new Thread(() -> {
                try {
                    guest.run(sleep, nowhere());
                } catch (IOException | InterruptedException e) {
                    // Expected: nobody waits for the result.
                }
            });
            waiting.start();
            await().atMost(PATIENCE).until(() -> running(seconds) > 0);

            waiting.interrupt();
            waiting.join();

            await().atMost(PATIENCE).until(() -> running(seconds) == 0);
        }
    }

    /** The processes below this one that know a word. */
    private static long running(String word) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(word))
                .count();
    }

    @Test
    void interruptIsHeardAtAnyMoment() throws Exception {
        for (int millis = 0; millis < 60; millis += 4) {
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    connection.run(sh("exec sleep 1000"), nowhere());
                    end.complete(null);
                } catch (IOException | InterruptedException e) {
                    end.complete(e);
                }
            });
            thread.start();
            thread.join(millis + 1);
            thread.interrupt();

            assertThat(end.get()).isInstanceOf(InterruptedException.class);
        }
        assertThat(output("echo well")).isEqualTo("well\n");
    }

    private static void assertGone(long pid) {
        await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void otherHostKeyIsRefused(@TempDir Path other) throws Exception {
        try (ShellServer impostor = ShellServer.start(other, MAX_SESSIONS)) {
            SshEndpoint mixed = new SshEndpoint(
                    impostor.endpoint().port(),
                    impostor.endpoint().privateKey(),
                    server.endpoint().hostKey(),
                    Duration.ofSeconds(30));

            assertThatThrownBy(() -> SshConnection.open(mixed, Duration.ofSeconds(20)))
                    .isInstanceOf(HostFailure.class)
                    .hasMessageContaining("another SSH host key");
        }
    }

    @Test
    void otherTypeOfHostKeyIsRefused() {
        String ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPfLUGxGG9hwoZFOQ+JoML+WCheZuqIl1FWxHwUnDh/N";
        SshEndpoint mixed = new SshEndpoint(
                server.endpoint().port(), server.endpoint().privateKey(), ed25519, Duration.ofSeconds(30));

        assertThatThrownBy(() -> SshConnection.open(mixed, Duration.ofSeconds(20)))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("no algorithm in common");
    }

    @Test
    void refusedKeyIsNamed() throws Exception {
        OneTimeKey stranger = ShellServer.ecdsaKey(folder.resolve("stranger"));
        SshEndpoint mixed = new SshEndpoint(
                server.endpoint().port(),
                stranger.privateKey(),
                server.endpoint().hostKey(),
                Duration.ofSeconds(30));

        assertThatThrownBy(() -> SshConnection.open(mixed, Duration.ofSeconds(20)))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("refused root's key");
    }

    @Test
    void bannerThatNeverComesEndsWithinThePatience() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            SshEndpoint endpoint = new SshEndpoint(
                    silent.getLocalPort(),
                    server.endpoint().privateKey(),
                    server.endpoint().hostKey(),
                    Duration.ofSeconds(30));
            long begin = System.nanoTime();

            assertThatThrownBy(() -> SshConnection.open(endpoint, Duration.ofMillis(500)))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(HostFailure.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
