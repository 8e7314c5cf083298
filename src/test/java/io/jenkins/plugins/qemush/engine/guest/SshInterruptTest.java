package io.jenkins.plugins.qemush.engine.guest;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever no longer wants a command leaves none of its processes behind. */
@Timeout(120)
class SshInterruptTest {

    @TempDir
    private Path folder;

    private ConnectedShell shell;

    @BeforeEach
    void connect() throws Exception {
        shell = ConnectedShell.start(folder);
    }

    @AfterEach
    void disconnect() throws IOException {
        shell.close();
    }

    @Test
    void readerThatGoesAwayEndsTheCommand() throws Exception {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThatThrownBy(() -> shell.run(
                        "echo $$ >" + folder + "/pid; while :; do echo y; sleep 0.1; done",
                        GuestStreams.output(broken, OutputStream.nullOutputStream())))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("Broken pipe");
        assertGone(Long.parseLong(Files.readString(folder.resolve("pid")).strip()));
    }

    @Test
    void interruptEndsTheCommandAndItsChildren() throws Exception {
        Thread waiting = new Thread(() -> {
            try {
                shell.run(
                        "sleep 1000 & echo $! $$ >" + folder + "/new; mv " + folder + "/new " + folder + "/pids; wait");
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
        try (ShellServer busybox =
                        ShellServer.start(Files.createDirectory(folder.resolve("busybox")), "busybox", "sh");
                SshConnection guest = busybox.connect()) {
            String seconds = "1000." + ProcessHandle.current().pid();
            GuestCommand sleep =
                    new GuestCommand(List.of("sleep", seconds), GuestCommand.ROOT, Map.of(), Optional.of("/"));
            Thread waiting = new Thread(() -> {
                try {
                    guest.run(sleep, ConnectedShell.nowhere());
                } catch (IOException | InterruptedException e) {
                    // Expected: nobody waits for the result.
                }
            });
            waiting.start();
            await().until(() -> running(seconds) > 0);

            waiting.interrupt();
            waiting.join();

            await().until(() -> running(seconds) == 0);
        }
    }

    @Test
    void interruptIsHeardAtAnyMoment() throws Exception {
        for (int millis = 0; millis < 60; millis += 4) {
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    shell.run("exec sleep 1000");
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
        assertThat(shell.output("echo well")).isEqualTo("well\n");
    }

    /** The processes below this one that know a word. */
    private static long running(String word) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(word))
                .count();
    }

    private static void assertGone(long pid) {
        await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
}
