package io.jenkins.plugins.qemush.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The files of a task travel before and after it. */
@Execution(ExecutionMode.CONCURRENT)
class GuestTaskFilesTest {
    @RegisterExtension
    final StepRunner steps = new StepRunner();

    @InEveryGuest
    void filesGoInBeforeAndComeOutBeforeTheResult(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "cat brought");
        List<String> order = new ArrayList<>();
        steps.start(step, new TaskFiles() {
            @Override
            public void before() throws IOException, InterruptedException {
                steps.guest()
                        .sh("mkdir -p '" + steps.workspace() + "'; echo content > '" + steps.workspace() + "/brought'");
            }

            @Override
            public void after(Consumer<String> warn) throws IOException {
                order.add("log has content: " + step.log().contains("\ncontent\n") + ", over: " + step.isOver());
            }
        });
        steps.awaitEnd(step);

        assertThat(order).containsExactly("log has content: true, over: false");
    }

    @InEveryGuest
    void warningsOfItsFilesChangeNothingOfAStatus(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "true");
        steps.start(step, after(warn -> warn.accept("Left in the guest: 'pipe'.")));
        steps.awaitEnd(step);

        assertThat(step.result()).isZero();
        assertThat(step.log()).endsWith("qemu-sh: warning: Left in the guest: 'pipe'.\n");
    }

    @InEveryGuest
    void statusOfACommandThatFailedIsItsOwnAlsoWhenItsFilesCannotBeBroughtBack(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "exit 7");
        steps.start(step, after(warn -> {
            throw new HostFailure("The folder is gone.", "Leave it there.");
        }));
        steps.awaitEnd(step);

        assertThat(step.result()).isEqualTo(7);
        assertThat(step.log()).contains("qemu-sh: The folder is gone.\nLeave it there.\n");
    }

    private interface Bring {
        void back(Consumer<String> warn) throws IOException;
    }

    private static TaskFiles after(Bring bring) {
        return new TaskFiles() {
            @Override
            public void before() {
                // Nothing to bring.
            }

            @Override
            public void after(Consumer<String> warn) throws IOException {
                bring.back(warn);
            }
        };
    }

    @InEveryGuest
    void commandIsNoSuccessWhenItsFilesCannotBeBroughtBack(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "true");
        steps.start(step, after(warn -> {
            throw new HostFailure("The folder is gone.", "Leave it there.");
        }));
        steps.awaitEnd(step);

        assertThat(step.result()).isEqualTo(-1);
        assertThat(step.log()).contains("qemu-sh: The folder is gone.\nLeave it there.\n");
    }
}
