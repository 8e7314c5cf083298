package io.jenkins.plugins.qemush.engine.task;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A task's output is whole, and the task goes on, though its connection comes and goes. */
@Execution(ExecutionMode.CONCURRENT)
class GuestTaskConnectionTest {
    @RegisterExtension
    final StepRunner steps = new StepRunner();

    @InEveryGuest
    void megabytesOfOutputComeWholeAndInOrder(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = steps.sh("#!/bin/sh\nseq 1 600000\n");

        assertThat(step.log()).isEqualTo(numbers(600_000));
    }

    @InEveryGuest
    void everyByteArrivesOnceThoughTheConnectionDropsAgainAndAgain(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.returnStdout(
                steps.workspace(),
                "#!/bin/sh\nfor i in 1 2 3 4 5 6; do seq 1 30000 >&2; sleep 0.3; done; seq 1 60000\n");
        Long makingDirectories = Long.MAX_VALUE;
        steps.guest().dropAfter(makingDirectories, 50_000L, 5L, 170_001L, 1L, 99_999L, 300_000L, 450_000L);
        steps.run(step);

        assertThat(step.result()).isZero();
        assertThat(step.log()).isEqualTo(numbers(30_000).repeat(6));
        assertThat(new String(step.bytes("output.txt"), StandardCharsets.UTF_8)).isEqualTo(numbers(60_000));
        assertThat(steps.guest().runs()).isBetween(9, 10);
    }

    @InEveryGuest
    void commandIsNotLaunchedTwiceWhenTheConnectionIsLostAtItsLaunch(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "echo once >> launches; cat launches; sleep 1");
        steps.guest()
                .sh("mkdir -p '" + steps.workspace() + "' '" + step.control().getParent() + "'");
        steps.guest().dropAfter(Long.MAX_VALUE, 3L);
        steps.run(step);

        assertThat(step.log()).contains("\nonce\n").doesNotContain("once\nonce");
    }

    @InEveryGuest
    void taskGoesOnWhileTheGuestCannotBeReached(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "for i in 1 2 3 4 5; do echo tick $i; sleep 0.5; done");
        steps.start(step);
        steps.awaitLog(step, "tick 1");
        steps.guest().unreachable(true);
        await().until(() -> steps.guest().vainAttempts() >= 3);
        assertThat(step.isOver()).isFalse();
        steps.guest().unreachable(false);
        steps.awaitEnd(step);

        assertThat(step.log().lines().filter(line -> line.startsWith("tick")))
                .containsExactly("tick 1", "tick 2", "tick 3", "tick 4", "tick 5");
    }

    private static String numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }
}
