package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MachineSlotsTest {
    private final MachineSlots slots = new MachineSlots();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> running = Collections.synchronizedList(new ArrayList<>());
    private final List<String> waiting = Collections.synchronizedList(new ArrayList<>());

    private final List<String> aborted = Collections.synchronizedList(new ArrayList<>());

    private record Limits(int machines, int memory) implements MachineSlots.Limits {}

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private Future<?> take(String agent, String block, int memory, Limits limits) {
        return threads.submit(() -> {
            try {
                slots.take(agent, block, memory, limits, (machines, taken, before) -> waiting.add(block));
                return running.add(block);
            } catch (InterruptedException e) {
                return aborted.add(block);
            }
        });
    }

    private void runs(String... blocks) {
        await().untilAsserted(() -> assertThat(running).containsExactly(blocks));
    }

    private void waits(String... blocks) {
        await().untilAsserted(() -> assertThat(waiting).containsExactly(blocks));
    }

    @Test
    void withoutLimitsNobodyWaits() {
        take("a", "1", 512, new Limits(0, 0));
        runs("1");
        take("a", "2", 999_999, new Limits(0, 0));
        runs("1", "2");
        assertThat(waiting).isEmpty();
    }

    @Test
    void blocksWaitInOrder() {
        Limits one = new Limits(1, 0);
        take("a", "1", 512, one);
        runs("1");
        take("a", "2", 512, one);
        waits("2");
        take("a", "3", 512, one);
        waits("2", "3");
        slots.release("a", "1");
        runs("1", "2");
        slots.release("a", "2");
        runs("1", "2", "3");
    }

    @Test
    void smallBlockDoesNotOvertakeALargeOne() {
        Limits limits = new Limits(0, 1024);
        take("a", "1", 600, limits);
        runs("1");
        take("a", "large", 1000, limits);
        waits("large");
        take("a", "small", 100, limits);
        waits("large", "small");
        slots.release("a", "1");
        runs("1", "large");
    }

    @Test
    void machineThatIsLargerThanTheLimitRunsAlone() {
        take("a", "1", 4096, new Limits(0, 1024));
        runs("1");
    }

    @Test
    void agentsDoNotWaitForEachOther() {
        take("a", "1", 512, new Limits(1, 0));
        runs("1");
        take("b", "2", 512, new Limits(1, 0));
        runs("1", "2");
    }

    @Test
    void abortedBlockLeavesTheQueue() {
        Limits one = new Limits(1, 0);
        take("a", "1", 512, one);
        runs("1");
        Future<?> second = take("a", "2", 512, one);
        waits("2");
        take("a", "3", 512, one);
        waits("2", "3");
        second.cancel(true);
        await().untilAsserted(() -> assertThat(aborted).containsExactly("2"));
        slots.release("a", "1");
        runs("1", "3");
    }

    @Test
    void blockThatHadAMachineBeforeARestartHasItBehind() {
        slots.retake("a", "old", 512);
        take("a", "new", 512, new Limits(1, 0));
        waits("new");
        slots.release("a", "old");
        runs("new");
    }

    @Test
    void blockWhoseBuildIsOverLeavesTheQueue() {
        Limits one = new Limits(1, 0);
        take("a", "1", 512, one);
        runs("1");
        take("a", "killed", 512, one);
        waits("killed");
        take("a", "3", 512, one);
        waits("killed", "3");
        slots.release("a", "killed");
        await().untilAsserted(() -> assertThat(aborted).containsExactly("killed"));
        slots.release("a", "1");
        runs("1", "3");
    }
}
