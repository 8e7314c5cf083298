package io.jenkins.plugins.qemush.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The stock step's launch scripts start in the guest, or the step is told why not. */
@Execution(ExecutionMode.CONCURRENT)
class GuestTaskLaunchTest {
    @RegisterExtension
    final StepRunner steps = new StepRunner();

    @InEveryGuest
    void launchInTheForegroundEndsAsWell(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = steps.run(StockStep.diagnostics(steps.workspace(), "echo diagnosed; exit 4"));

        assertThat(step.result()).isEqualTo(4);
        assertThat(step.log()).contains("diagnosed\n");
    }

    @InEveryGuest
    void whatCannotBeLaunchedIsSaidAtOnce(GuestKind kind) throws Exception {
        steps.open(kind);
        steps.guest().sh("mkdir -p '" + steps.workspace().getParent() + "'; : > '" + steps.workspace() + "'");

        assertThatThrownBy(() -> steps.sh("true"))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("cannot make the command's directories");
        assertThat(steps.tasks().running()).isZero();
    }

    @InEveryGuest
    void folderThatAScriptRemovedIsThereForTheNext(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep first = steps.sh("true");
        steps.guest().sh("rm -rf '" + first.control().getParent() + "'");
        StockStep second = steps.sh("echo second");

        assertThat(second.result()).isZero();
        assertThat(second.log()).contains("second");
    }

    @InEveryGuest
    void refusedLaunchIsToldInTheLog(GuestKind kind) throws Exception {
        steps.open(kind);
        steps.sh("rm -r '" + steps.workspace() + "'");
        StockStep step = steps.sh("true");

        assertThat(step.result()).isEqualTo(-1);
        assertThat(step.log()).contains("qemu-sh: The guest could not launch the command: ", "work space");
    }

    @InEveryGuest
    void manyRunAtOnce(GuestKind kind) throws Exception {
        steps.open(kind);
        List<StockStep> all = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            StockStep step = StockStep.sh(steps.workspace(), "sleep 2; exit " + i);
            steps.start(step);
            all.add(step);
        }
        for (int i = 0; i < 14; i++) {
            steps.awaitEnd(all.get(i));
            assertThat(all.get(i).result()).isEqualTo(i);
        }
    }
}
