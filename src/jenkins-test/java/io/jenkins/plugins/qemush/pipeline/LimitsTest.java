package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Blocks that do not fit on their agent wait for their turn. */
@Tag("jenkins-vm")
@WithJenkins
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
    private JenkinsRule jenkins;

    @BeforeAll
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Blocks.configureImage();
        rule.jenkins.setNumExecutors(4);
        QemuShConfiguration.get().setMachinesPerAgent(1);
    }

    @AfterAll
    void stop() throws Exception {
        jenkins.after();
    }

    @Test
    void blocksThatDoNotFitWaitInOrderAndSaySo() throws Exception {
        WorkflowRun first = Blocks.start(jenkins, "echo 'first has it'; sleep 600");
        jenkins.waitForMessage("first has it\n", first);
        WorkflowRun second = Blocks.start(jenkins, "echo 'second has it'; sleep 600");
        jenkins.waitForMessage("waits for its turn on the built-in node: machines there 1 (", second);
        WorkflowRun third = Blocks.start(jenkins, "echo 'third has it'");
        jenkins.waitForMessage("blocks ahead of this one 1; limits machines 1, memory any", third);

        first.getExecutor().interrupt();
        Blocks.end(jenkins, Result.ABORTED, first);
        jenkins.waitForMessage("second has it\n", second);
        jenkins.assertLogNotContains("boots", third);
        second.getExecutor().interrupt();
        Blocks.end(jenkins, Result.ABORTED, second);
        Blocks.end(jenkins, Result.SUCCESS, third);
        Blocks.assertNothingIsLeft("");
    }

    @Test
    void blockThatWaitsCanBeAbortedAndTheNextOneIsNotHeldUp() throws Exception {
        WorkflowRun first = Blocks.start(jenkins, "echo 'first has it'; sleep 600");
        jenkins.waitForMessage("first has it\n", first);
        WorkflowRun second = Blocks.start(jenkins, "echo 'not reached'");
        jenkins.waitForMessage("waits for its turn", second);
        second.getExecutor().interrupt();
        Blocks.end(jenkins, Result.ABORTED, second);
        jenkins.assertLogNotContains("boots", second);
        assertThat(second.getArtifacts()).isEmpty();

        WorkflowRun third = Blocks.start(jenkins, "echo 'third has it'");
        jenkins.waitForMessage("blocks ahead of this one 0", third);
        first.getExecutor().interrupt();
        Blocks.end(jenkins, Result.ABORTED, first);
        Blocks.end(jenkins, Result.SUCCESS, third);
        Blocks.assertNothingIsLeft("");
    }
}
