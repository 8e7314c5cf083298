package io.jenkins.plugins.qemush.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.vm.ControlClient;
import io.jenkins.plugins.qemush.engine.vm.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.SupervisorLauncher;
import io.jenkins.plugins.qemush.engine.vm.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.VmState;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps in a real machine with a supervisor of its own, as Jenkins has it. */
@Tag("vm")
class TaskInMachineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Jenkins polls a step first 250 ms after its launch; half a minute is for a host with other things to do. */
    private static final long LONGEST_MILLIS = 30_000;

    @TempDir
    Path scratch;

    private Path workspace;
    private Path runs;
    private RunDirectory run;
    private ControlClient machine;
    private String user;

    @BeforeEach
    void boot() throws Exception {
        workspace = Files.createDirectories(scratch.resolve("jobs/work space é"));
        runs = Files.createTempDirectory("qs");
        run = RunDirectory.create(runs.resolve("m"));
        VmRequest request = VmRequest.of("m", TestImages.of("aarch64"));
        user = request.user();
        SupervisorLauncher.likeThisProcess().launch(request, run);
        machine = new ControlClient(run);
        machine.awaitReachable();
    }

    @AfterEach
    void end() throws Exception {
        if (machine != null) {
            machine.stop(Duration.ofSeconds(60));
            Files.delete(runs);
        }
    }

    private StockStep start(String text) throws Exception {
        StockStep step = StockStep.sh(workspace, text);
        machine.startTask(step.request(user), Optional.empty());
        return step;
    }

    private static StockStep over(StockStep step) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(step::isOver);
        return step;
    }

    /** In the background, for it may take the connection along. */
    private void asRoot(String script) throws Exception {
        OutputStream nowhere = OutputStream.nullOutputStream();
        String behind = "( sleep 1; " + script + ") </dev/null >/dev/null 2>&1 &";
        machine.run(GuestCommand.rootScript(behind), GuestStreams.output(nowhere, nowhere));
    }

    @Test
    void stepRunsThereAsTheUserAndIsOverBeforeJenkinsAsks() throws Exception {
        StockStep step = over(start("uname -m; id -un; pwd; env"));
        assertThat(step.log())
                .contains("\naarch64\n", "\n" + user + "\n", "\n" + workspace + "\n")
                .doesNotContain("QEMU_SH_COMMAND");
        assertThat(step.result()).isZero();

        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            // Jenkins takes as long between two steps.
            Thread.sleep(500);
            long begin = System.nanoTime();
            over(start("true"));
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
            steps.add(start("sleep 5; exit " + i));
        }
        for (int i = 0; i < 14; i++) {
            assertThat(over(steps.get(i)).result()).isEqualTo(i);
        }
    }

    @Test
    void everyLineComesOnceThoughItsConnectionIsKilledInTheGuest() throws Exception {
        StockStep step = start("#!/bin/sh\nfor i in $(seq 1 40); do echo tick $i; sleep 0.2; done\n");
        await().atMost(PATIENCE).until(() -> step.log().contains("tick 5\n"));
        asRoot("for p in /proc/[0-9]*; do"
                + " case $(cat $p/cmdline) in *listener*) ;; \"sshd: \"*) kill -9 ${p#/proc/} ;; esac; done");

        assertThat(over(step).log().lines().toList()).hasSize(40).doesNotHaveDuplicates();
        assertThat(step.result()).isZero();
    }

    @Test
    void abortEndsTheScript() throws Exception {
        StockStep step = start("sleep 1000");
        await().atMost(PATIENCE).until(() -> step.log().contains("sleep"));
        machine.killTasks("JENKINS_SERVER_COOKIE=" + StockStep.COOKIE);

        assertThat(over(step).result()).isEqualTo(143);
    }

    @Test
    void stepOfAPanickingMachineSaysSo() throws Exception {
        StockStep step = start("sleep 1000");
        asRoot("echo c > /proc/sysrq-trigger");

        assertThat(over(step).result()).isEqualTo(GuestTasks.NO_STATUS);
        assertThat(step.log()).contains("qemu-sh: The guest's kernel panicked", "Kernel panic - not syncing");
    }

    @Test
    void stepIsToldWhenTheSupervisorIsKilled() throws Exception {
        StockStep step = start("sleep 1000");
        String description = Files.readString(run.description());
        long supervisor = Long.parseLong(description.replaceAll("(?s).*\"supervisor\":(\\d+).*", "$1"));
        ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();

        assertThat(over(step).result()).isEqualTo(GuestTasks.NO_STATUS);
        assertThat(step.log()).contains("qemu-sh: The supervisor of this machine was killed.");
        await().atMost(PATIENCE).until(() -> machine.state() == VmState.DEAD);
        await().atMost(PATIENCE).until(() -> Files.exists(run.path().resolve("failure")));
    }
}
