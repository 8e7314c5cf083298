package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.agent.MachineFailure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MachineWatchTest {
    private static final MachineFailure DEAD = new MachineFailure("QEMU was killed.", "Free memory.", false);

    /** Work that was given to the pool and waits for an agent. */
    private final Deque<Runnable> pool = new ArrayDeque<>();

    private final List<MachineFailure> ends = new ArrayList<>();

    private void tickAndLook(MachineWatch watch) {
        watch.tick();
        pool.remove().run();
    }

    @Test
    void timerNeverWaitsForAnAgentAndAsksOnceAtATime() {
        MachineWatch watch = new MachineWatch(pool::add, () -> Optional.of(DEAD), ends::add);
        watch.tick();
        watch.tick();
        assertThat(pool).hasSize(1);
        assertThat(ends).isEmpty();

        pool.remove().run();
        watch.tick();
        assertThat(pool).hasSize(1);
    }

    @Test
    void bodyEndsWhenTheMachineWasDeadTwice() {
        MachineWatch watch = new MachineWatch(pool::add, () -> Optional.of(DEAD), ends::add);
        tickAndLook(watch);
        assertThat(ends).isEmpty();
        tickAndLook(watch);
        assertThat(ends).containsExactly(DEAD);
    }

    @Test
    void lookThatFailsIsNotTheLastOne() {
        List<Exception> failures = new ArrayList<>(List.of(new IllegalStateException(), new IOException()));
        MachineWatch watch = new MachineWatch(
                pool::add,
                () -> {
                    if (failures.isEmpty()) {
                        return Optional.of(DEAD);
                    }
                    Exception failure = failures.remove(0);
                    if (failure instanceof IOException e) {
                        throw e;
                    }
                    throw (IllegalStateException) failure;
                },
                ends::add);
        for (int look = 0; look < 4; look++) {
            tickAndLook(watch);
        }
        assertThat(ends).containsExactly(DEAD);
    }
}
