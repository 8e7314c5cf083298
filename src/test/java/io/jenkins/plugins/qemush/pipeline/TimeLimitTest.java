package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void callThatNeverAnswersIsLeftAndInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        TimeLimit limit = new TimeLimit(pool, Duration.ofMillis(50));

        assertThatThrownBy(() -> limit.of("The archiving", () -> {
                    try {
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The archiving took longer than");
        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void callThatFailsTellsItsReason() {
        assertThatThrownBy(() -> new TimeLimit(pool, Duration.ofMinutes(1)).of("The archiving", () -> {
                    throw new IllegalStateException("the store is full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("The archiving failed: the store is full");
    }

    @Test
    void answerArrives() throws Exception {
        assertThat(new TimeLimit(pool, Duration.ofMinutes(1)).<String>of("It", () -> "done"))
                .isEqualTo("done");
    }
}
