package io.jenkins.plugins.qemush.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Steps in a real machine, one for all tests. */
@Tag("vm")
class TaskInMachineTest {
    /** Jenkins polls a step first 250 ms after its launch; half a minute is for a host with other things to do. */
    private static final long LONGEST_MILLIS = 30_000;

    private static TaskMachine machine;

    @BeforeAll
    static void boot() throws Exception {
        machine = TaskMachine.boot();
    }

    @AfterAll
    static void end() throws Exception {
        machine.close();
    }

    @Test
    void stepRunsThereAsTheUserAndIsOverBeforeJenkinsAsks() throws Exception {
        StockStep step = TaskMachine.over(machine.start("uname -m; id -un; pwd; env"));
        assertThat(step.log())
                .contains("\naarch64\n", "\n" + machine.user() + "\n", "\n" + machine.workspace() + "\n")
                .doesNotContain("QEMU_SH_COMMAND");
        assertThat(step.result()).isZero();

        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            // Jenkins takes as long between two steps.
            Thread.sleep(500);
            long begin = System.nanoTime();
            TaskMachine.over(machine.start("true"));
            times.add((System.nanoTime() - begin) / 1_000_000);
        }
        Collections.sort(times);
        System.out.println("sh 'true', from its launch to its result, ms: " + times);
        assertThat(times.get(times.size() / 2)).isLessThan(LONGEST_MILLIS);
    }

    @Test
    void fourteenRunAtOnce() throws Exception {
        List<StockStep> steps = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            steps.add(machine.start("sleep 5; exit " + i));
        }
        for (int i = 0; i < 14; i++) {
            assertThat(TaskMachine.over(steps.get(i)).result()).isEqualTo(i);
        }
    }

    @Test
    void everyLineComesOnceThoughItsConnectionIsKilledInTheGuest() throws Exception {
        StockStep step = machine.start("#!/bin/sh\nfor i in $(seq 1 40); do echo tick $i; sleep 0.2; done\n");
        await().atMost(TaskMachine.PATIENCE).until(() -> step.log().contains("tick 5\n"));
        machine.asRoot("for p in /proc/[0-9]*; do"
                + " case $(cat $p/cmdline) in *listener*) ;; \"sshd: \"*) kill -9 ${p#/proc/} ;; esac; done");

        assertThat(TaskMachine.over(step).log().lines().toList()).hasSize(40).doesNotHaveDuplicates();
        assertThat(step.result()).isZero();
    }

    @Test
    void abortEndsTheScript() throws Exception {
        StockStep step = machine.start("sleep 1000");
        await().atMost(TaskMachine.PATIENCE).until(() -> step.log().contains("sleep"));
        machine.client().killTasks("JENKINS_SERVER_COOKIE=" + StockStep.COOKIE);

        assertThat(TaskMachine.over(step).result()).isEqualTo(143);
    }
}
