package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.config.StoredLocation;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What the tests of blocks have in common: an image, Pipelines, and a look at what they leave behind. */
final class Blocks {
    static final String ARCH = "aarch64";

    private Blocks() {}

    /** Makes the test's image the default of its architecture. */
    static void configureImage() throws IOException, InterruptedException {
        configureImage(TestImages.folder(ARCH).toAbsolutePath().toString());
    }

    static void configureImage(String folder) {
        QemuShConfiguration.get()
                .setImages(List.of(new ConfiguredImage("test-aarch64", ARCH, new StoredLocation(folder))));
    }

    static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Starts a Pipeline whose only block, on any node, has this body. */
    static WorkflowRun start(JenkinsRule jenkins, String body) throws Exception {
        return job(jenkins, inBlock(body)).scheduleBuild2(0).waitForStart();
    }

    static String inBlock(String body) {
        return "node { qemuSh(arch: '" + ARCH + "') {\n" + body + "\n} }";
    }

    static WorkflowRun success(JenkinsRule jenkins, String body) throws Exception {
        return jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(start(jenkins, body)));
    }

    static WorkflowRun failure(JenkinsRule jenkins, String body) throws Exception {
        return jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(start(jenkins, body)));
    }

    /** No QEMU, no supervisor and no run directory is there any more. */
    static void assertNothingIsLeft(String... nodes) throws IOException, InterruptedException {
        for (String node : nodes) {
            assertThat(Agent.named(node).machines()).isEmpty();
        }
        assertThat(machineProcesses()).isEmpty();
    }

    /** The command lines of QEMU processes and supervisors of the tests' machines. */
    static List<String> machineProcesses() {
        String root = System.getenv("QEMU_SH_RUN");
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(root))
                .toList();
    }
}
