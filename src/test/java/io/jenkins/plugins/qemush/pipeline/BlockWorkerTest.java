package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockWorkerTest {
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final BlockWorker worker = new BlockWorker(pool);
    private final LinkedBlockingQueue<Exception> failures = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private Exception failure() throws InterruptedException {
        return failures.poll(1, TimeUnit.MINUTES);
    }

    @Test
    void errorIsAFailureToo() throws Exception {
        for (boolean last : List.of(false, true)) {
            BlockWorker.Work work = () -> {
                throw new NoClassDefFoundError("io/jenkins/Gone");
            };
            if (last) {
                worker.startLast(work, failures::add);
            } else {
                worker.start(work, failures::add);
            }
            assertThat(failure()).hasMessageContaining("io/jenkins/Gone");
        }
    }

    @Test
    void stopInterruptsWhatRuns() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        worker.start(
                () -> {
                    runs.countDown();
                    new CountDownLatch(1).await();
                },
                failures::add);
        assertThat(runs.await(1, TimeUnit.MINUTES)).isTrue();
        worker.stop();
        assertThat(failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void lastWorkIsDoneThoughTheRestWasStopped() throws Exception {
        List<String> done = new ArrayList<>();
        CountDownLatch over = new CountDownLatch(1);
        worker.stop();
        worker.start(() -> done.add("first"), failures::add);
        assertThat(failure()).isInstanceOf(InterruptedException.class);
        worker.startLast(
                () -> {
                    done.add("last");
                    over.countDown();
                },
                failures::add);
        assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(done).containsExactly("last");
    }
}
