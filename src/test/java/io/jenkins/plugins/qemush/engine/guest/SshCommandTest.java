package io.jenkins.plugins.qemush.engine.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes into a command and comes out of it, over a real SSH server without a machine behind it. */
@Timeout(120)
class SshCommandTest {
    private ConnectedShell shell;

    @BeforeEach
    void connect(@TempDir Path folder) throws Exception {
        shell = ConnectedShell.start(folder);
    }

    @AfterEach
    void disconnect() throws IOException {
        shell.close();
    }

    @Test
    void exitStatusIsTheCommandsOwn() throws Exception {
        for (int status : List.of(0, 1, 2, 42, 126, 127, 128, 137, 254, 255)) {
            assertThat(shell.run("exit " + status)).isEqualTo(status);
        }
    }

    @Test
    void deathBySignalIsToldAsAShellDoes() throws Exception {
        assertThat(shell.run("kill -TERM $$")).isEqualTo(128 + 15);
        assertThat(shell.run("kill -KILL $$")).isEqualTo(128 + 9);
    }

    @Test
    void outputAndErrorsStayApart() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        shell.run("echo to out; echo to err >&2", GuestStreams.output(out, err));

        assertThat(out.toString(UTF_8)).isEqualTo("to out\n");
        assertThat(err.toString(UTF_8)).isEqualTo("to err\n");
    }

    @Test
    void inputReachesTheCommandToItsEndByteForByte() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        ByteArrayOutputStream received = new ByteArrayOutputStream();

        int status = shell.run(
                "cat", new GuestStreams(new ByteArrayInputStream(sent), received, OutputStream.nullOutputStream()));

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

        int status = shell.run(
                "exit 3", new GuestStreams(endless, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));

        assertThat(status).isEqualTo(3);
    }

    @Test
    void commandEndsThoughNobodyTypes() throws Exception {
        try (PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream silent = new PipedInputStream(keyboard)) {
            int status = shell.run(
                    "exit 4",
                    new GuestStreams(silent, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));

            assertThat(status).isEqualTo(4);
        }
    }

    private int runLeaving(String child, Duration grace, ByteArrayOutputStream out, ByteArrayOutputStream err)
            throws Exception {
        GuestCommand command = new GuestCommand(
                        List.of("sh", "-c", child + " & echo done; exit 6"),
                        GuestCommand.ROOT,
                        Map.of(),
                        Optional.of("/"))
                .withOutputGrace(grace);
        return shell.connection().run(command, GuestStreams.output(out, err));
    }

    @Test
    void processThatHoldsTheOutputDoesNotHoldTheCommandsEnd() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = runLeaving("sleep 1000", Duration.ofSeconds(3), out, err);

        assertThat(status).isEqualTo(6);
        assertThat(out.toString(UTF_8)).isEqualTo("done\n");
        assertThat(err.toString(UTF_8))
                .startsWith("qemu-sh: The command has ended, but a process that it left behind holds its output open")
                .contains("up to 3 s");
    }

    @Test
    void outputOfAProcessThatEndsWithinTheGraceComes() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = runLeaving("(sleep 0.5; echo late)", Duration.ofSeconds(60), out, err);

        assertThat(status).isEqualTo(6);
        assertThat(out.toString(UTF_8)).isEqualTo("done\nlate\n");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void graceOfZeroWaitsForAllOutput() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = runLeaving("(sleep 3; echo late)", Duration.ZERO, out, err);

        assertThat(status).isEqualTo(6);
        assertThat(out.toString(UTF_8)).isEqualTo("done\nlate\n");
        assertThat(err.toString(UTF_8)).contains("waiting until that ends");
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

        int status = shell.run("head -c 41943040 /dev/zero", GuestStreams.output(out, OutputStream.nullOutputStream()));

        assertThat(status).isZero();
        assertThat(bytes).hasValue(40 << 20);
        assertThat(most.get() - before).isLessThan(16 << 20);
    }
}
