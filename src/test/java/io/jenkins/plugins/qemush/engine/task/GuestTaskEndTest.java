package io.jenkins.plugins.qemush.engine.task;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** However a task ends, its step is told so and nothing of it stays. */
@Execution(ExecutionMode.CONCURRENT)
class GuestTaskEndTest {
    @RegisterExtension
    final StepRunner steps = new StepRunner();

    @InEveryGuest
    void taskKilledWithItsWrapperIsReportedAsVanished(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "sleep 1000");
        steps.start(step);
        steps.awaitLog(step, "sleep");
        steps.guest()
                .sh(
                        "for i in 1 2 3; do"
                                + " kill -KILL $(grep -lsz ^QEMU_SH_TASK= /proc/[0-9]*/environ | cut -d/ -f3); done 2>/dev/null; :");
        steps.awaitEnd(step);

        assertThat(step.result()).isEqualTo(GuestTasks.NO_STATUS);
        assertThat(step.log()).contains("qemu-sh: The command's processes vanished");
    }

    @InEveryGuest
    void taskThatFailedForWantOfAProgramIsFollowedByAdvice(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep failed = steps.sh("echo 'sh: 1: cc: not found'; exit 127");
        StockStep succeeded = steps.sh("echo 'sh: 1: cc: not found'");

        assertThat(failed.log()).endsWith("qemu-sh: warning: gcc helps\n");
        assertThat(failed.result()).isEqualTo(127);
        assertThat(succeeded.log()).contains("not found").doesNotContain("gcc helps");
    }

    @InEveryGuest
    void killEndsTheScriptAndItsWrapperTellsTheStatus(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "sleep 1000");
        steps.start(step);
        steps.awaitLog(step, "sleep");
        steps.tasks().kill("JENKINS_SERVER_COOKIE=" + StockStep.COOKIE);
        steps.awaitEnd(step);

        assertThat(step.result()).isEqualTo(143);
    }

    @InEveryGuest
    void killAtOnceBehindTheStartEndsTheScriptToo(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "sleep 1000");
        steps.start(step);
        steps.tasks().kill("JENKINS_SERVER_COOKIE=" + StockStep.COOKIE);
        steps.awaitEnd(step);

        assertThat(step.result()).isEqualTo(143);
    }

    @InEveryGuest
    void killWhereNoTaskIsLooksOnce(GuestKind kind) throws Exception {
        steps.open(kind);
        steps.tasks().kill("JENKINS_SERVER_COOKIE=" + StockStep.COOKIE);

        assertThat(steps.guest().runs()).isEqualTo(1);
    }

    @InEveryGuest
    void scriptThatIgnoresTermIsKilled(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "trap '' TERM\nwhile :; do sleep 1; done");
        steps.start(step);
        steps.awaitLog(step, "sleep");
        steps.tasks().kill("JENKINS_SERVER_COOKIE=" + StockStep.COOKIE);
        steps.awaitEnd(step);

        assertThat(step.result()).isEqualTo(137);
    }

    @InEveryGuest
    void removedControlDirectoryKillsItsTaskAndNoOther(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep given = StockStep.sh(steps.workspace(), "trap '' TERM\nwhile :; do sleep 1; done");
        StockStep other = StockStep.sh(steps.workspace(), "sleep 8; echo done");
        steps.start(given);
        steps.start(other);
        steps.awaitLog(given, "sleep");
        try (Stream<Path> files = Files.list(given.control())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(given.control());
        String mark = given.control().getFileName().toString();
        await().until(() -> steps.guest()
                .sh("cat /proc/[0-9]*/cmdline 2>/dev/null | grep -c '[^]]" + mark.substring(1) + "' || :")
                .equals("0"));
        steps.awaitEnd(other);

        assertThat(other.result()).isZero();
        assertThat(given.control()).doesNotExist();
        assertThat(steps.guest().sh("ls -d '" + given.control() + "' 2>/dev/null || echo gone"))
                .isEqualTo("gone");
    }

    @InEveryGuest
    void failureOfTheMachineIsToldInTheLogAndIsNoExitStatusOfACommand(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "echo begun; sleep 1000");
        steps.start(step);
        steps.awaitLog(step, "\nbegun\n");
        steps.tasks().fail(new GuestFailure("The guest's kernel panicked: test.", "Kernel panic - not syncing: test"));

        assertThat(step.result()).isEqualTo(-1);
        assertThat(step.log())
                .contains("begun\n")
                .contains(
                        """
                qemu-sh: The guest's kernel panicked: test.
                The console around it:
                Kernel panic - not syncing: test
                """);
        assertThatThrownBy(() -> steps.sh("true")).hasMessageContaining("panicked");
    }

    @InEveryGuest
    void nothingIsLeftBehindATask(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = steps.sh("true");
        await().until(() -> steps.tasks().running() == 0);

        await().until(() ->
                steps.guest().sh("ls '" + step.control().getParent() + "'").isEmpty());
        try (Stream<Path> links = Files.list(steps.pending())) {
            assertThat(links).isEmpty();
        }
        assertThat(steps.ends()).containsExactly(0);
    }
}
