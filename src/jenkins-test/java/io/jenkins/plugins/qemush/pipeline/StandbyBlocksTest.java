package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Blocks take machines that stand by. */
@Tag("jenkins-vm")
@WithJenkins
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandbyBlocksTest {

    private static final String TAKES = "takes a machine that stands by: test-aarch64";

    private JenkinsRule jenkins;

    @BeforeAll
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Blocks.configureImage();
        Blocks.success(jenkins, "sh 'true'");
    }

    @AfterAll
    void stop() throws Exception {
        Blocks.standby(0);
        await().untilAsserted(() -> Blocks.assertNothingIsLeft(""));
        jenkins.after();
    }

    @BeforeEach
    void oneStandsBy() throws Exception {
        QemuShConfiguration.get().setMachinesPerAgent(0);
        Blocks.standby(1);
        awaitStanding(1);
    }

    @AfterEach
    void nothingInUseIsLeft() {
        await().untilAsserted(() -> assertThat(Agent.named("").machines()).isEmpty());
    }

    private static void awaitStanding(int count) {
        await().until(() -> standing() == count);
    }

    private static int standing() throws Exception {
        return Agent.named("").standby().count("test-aarch64").orElse(0);
    }

    @Test
    void blockTakesTheMachineAndTheNextIsMade() throws Exception {
        for (int i = 0; i < 2; i++) {
            awaitStanding(1);
            WorkflowRun run = Blocks.success(jenkins, "sh 'uname -m > machine.txt'; echo readFile('machine.txt')");
            jenkins.assertLogContains(TAKES, run);
            jenkins.assertLogContains(": stood by, ", run);
            jenkins.assertLogContains("aarch64", run);
        }
        awaitStanding(1);
    }

    @Test
    void blockThatWantsAnotherMachineBoots() throws Exception {
        for (String other : List.of("warm: 'false'", "memory: 300", "user: 'other'")) {
            WorkflowRun run = Blocks.run(
                    jenkins,
                    Result.SUCCESS,
                    "node('built-in') { qemuSh(arch: 'aarch64', " + other + ") { sh 'true' } }");
            jenkins.assertLogNotContains(TAKES, run);
            jenkins.assertLogContains("boots test-aarch64", run);
        }
    }

    @Test
    void limitsOfTheBlockHoldInAMachineThatStoodBy() throws Exception {
        WorkflowRun run = Blocks.run(
                jenkins,
                Result.FAILURE,
                "node('built-in') { qemuSh(arch: 'aarch64', totalTimeout: 3) { sh 'sleep 1000' } }");
        jenkins.assertLogContains(TAKES, run);
        jenkins.assertLogContains("ran longer than its limit of 3 s", run);
    }

    @Test
    void abortedAndKilledBuildsLeaveNothingOfTheMachine() throws Exception {
        WorkflowRun aborted = Blocks.start(jenkins, "sh 'echo started; sleep 1000'");
        jenkins.waitForMessage("started\n", aborted);
        aborted.getExecutor().interrupt();
        Blocks.end(jenkins, Result.ABORTED, aborted);
        jenkins.assertLogContains(TAKES, aborted);
        awaitStanding(1);

        WorkflowRun killed = Blocks.start(jenkins, "sh 'echo started; sleep 1000'");
        jenkins.waitForMessage("started\n", killed);
        killed.doKill();
        Blocks.end(jenkins, Result.ABORTED, killed);
        jenkins.assertLogContains(TAKES, killed);
    }

    @Test
    void machinesThatStandByLeaveTheRoomToBlocks() throws Exception {
        QemuShConfiguration.get().setMachinesPerAgent(1);
        awaitStanding(1);
        WorkflowRun run = Blocks.start(jenkins, "sh 'echo started; sleep 1000'");
        jenkins.waitForMessage("started\n", run);
        jenkins.assertLogContains(TAKES, run);
        assertThat(standing()).isZero();
        run.getExecutor().interrupt();
        Blocks.end(jenkins, Result.ABORTED, run);
        awaitStanding(1);
    }

    @Test
    void withoutAnyWantedTheyEnd() throws Exception {
        Blocks.standby(0);
        awaitStanding(0);
        WorkflowRun run = Blocks.success(jenkins, "sh 'true'");
        jenkins.assertLogNotContains(TAKES, run);
    }

    @Test
    void theyAreMadeAnewWhenTheImageChanges() throws Exception {
        ConfiguredImage image = QemuShConfiguration.get().getImages().get(0);
        image.setUser("tester");
        QemuShConfiguration.get().setImages(List.of(image));
        awaitStanding(0);
        awaitStanding(1);
        WorkflowRun run = Blocks.success(jenkins, "sh 'id -un'");
        jenkins.assertLogContains(TAKES, run);
        jenkins.assertLogContains("tester", run);
        Blocks.standby(0);
        awaitStanding(0);
        image.setUser(null);
    }
}
