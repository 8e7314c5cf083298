package io.jenkins.plugins.qemush.engine.guest;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands at the same time share connections, and none waits for another. */
@Timeout(120)
class SshParallelTest {
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
    void manyCommandsAtOnceNeedFewConnections() throws Exception {
        int commands = 25;
        ExecutorService threads = Executors.newFixedThreadPool(commands);
        List<Future<String>> outputs = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            String script = "echo " + i + "; while [ ! -e " + folder + "/go ]; do sleep 0.1; done; echo end";
            outputs.add(threads.submit(() -> shell.output(script)));
        }

        await().untilAsserted(() -> assertThat(shell.server().sessionsSeen()).isGreaterThanOrEqualTo(3));
        assertThat(outputs).noneMatch(Future::isDone);
        Files.createFile(folder.resolve("go"));

        for (int i = 0; i < commands; i++) {
            assertThat(outputs.get(i).get()).isEqualTo(i + "\nend\n");
        }
        assertThat(shell.server().sessionsSeen()).isBetween(3, 4);
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
        Future<Integer> paused = threads.submit(
                () -> shell.run("echo x; exit 5", GuestStreams.output(stuck, OutputStream.nullOutputStream())));
        reached.await();
        assertThat(shell.output("echo well")).isEqualTo("well\n");
        assertThat(shell.server().sessionsSeen()).isEqualTo(2);

        assertThat(paused).isNotDone();
        release.countDown();
        assertThat(paused.get()).isEqualTo(5);
        threads.shutdown();
    }
}
