package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.config.StoredLocation;
import io.jenkins.plugins.qemush.report.MachinePage;
import io.jenkins.plugins.qemush.report.MachinesAction;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a build has of its machines on its page, whatever became of them. */
@Tag("jenkins-vm")
@WithJenkins
class MachinesOfABuildTest {

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void blockThatFailsBeforeItsImageIsReadyHasARow() throws Exception {
        QemuShConfiguration.get()
                .setImages(List.of(new ConfiguredImage("none", Blocks.ARCH, new StoredLocation("/no/such/folder"))));
        WorkflowRun run = Blocks.failure(jenkins, "sh 'id'");

        MachinePage machine = only(run);
        assertThat(machine.getName()).isEqualTo("aarch64");
        assertThat(machine.getState().name()).isEqualTo("crashed");
        assertThat(machine.getSentence()).contains("/no/such/folder");
        jenkins.createWebClient().withJavaScriptEnabled(false).getPage(run, "qemu-sh/aarch64/");
    }

    @Test
    void killedBuildKeepsTheConsoleAndTheTimelineOfItsMachine() throws Exception {
        Blocks.configureImage();
        WorkflowRun run = Blocks.start(jenkins, "sh 'echo started; sleep 1000'");
        jenkins.waitForMessage("started\n", run);
        run.doKill();
        jenkins.waitForCompletion(run);

        await().untilAsserted(() -> Blocks.assertNothingIsLeft(""));
        await().until(() -> run.getArtifactManager()
                .root()
                .child("qemu-sh/aarch64/console.log")
                .isFile());
        MachinePage machine = only(run);
        assertThat(machine.getState().name()).isEqualTo("aborted");
        assertThat(machine.getTimeline().getBootTime()).isNotEmpty();
    }

    private static MachinePage only(WorkflowRun run) {
        assertThat(run.getAction(MachinesAction.class).getMachines()).hasSize(1);
        return run.getAction(MachinesAction.class).getMachines().get(0);
    }
}
