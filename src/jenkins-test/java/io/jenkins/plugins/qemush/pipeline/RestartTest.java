package io.jenkins.plugins.qemush.pipeline;

import hudson.model.Result;
import io.jenkins.plugins.qemush.testing.TestImages;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A script in the guest goes on while the controller is away, and its whole output arrives, once. */
@Tag("jenkins-vm")
class RestartTest {
    private static final String JOB = "p";
    private static final int TICKS = 40;

    private static final String TICKING =
            Blocks.inBlock(Blocks.ticks(TICKS, 0.5) + "\nsh 'echo \"after that: $(uname -m)\"'");

    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().extraEnv("QEMU_SH_RUN", System.getenv("QEMU_SH_RUN"));

    @Test
    void scriptGoesOnThroughAGracefulRestart() throws Throwable {
        startTicking();
        controller.stopJenkins();
        finishTicking();
    }

    @Test
    void scriptGoesOnWhenTheControllerIsKilled() throws Throwable {
        startTicking();
        controller.stopJenkinsForcibly();
        finishTicking();
    }

    @Test
    void machineThatDiedMeanwhileFailsTheBuildAndIsNamed() throws Throwable {
        startTicking();
        controller.stopJenkinsForcibly();
        Blocks.kill("qemu-system-aarch64");
        controller.startJenkins();
        controller.runRemotely(RestartTest::buildFailsAndNamesTheMachine);
    }

    @Test
    void blockWhoseGuestBootsWhenTheControllerIsKilledGoesOn() throws Throwable {
        String folder = TestImages.folder(Blocks.ARCH).toAbsolutePath().toString();
        controller.startJenkins();
        run(jenkins -> start(jenkins, folder, "boots test-aarch64"));
        controller.stopJenkinsForcibly();
        finishTicking();
    }

    private void run(RealJenkinsExtension.Step step) throws Throwable {
        controller.runRemotely(step);
    }

    private void startTicking() throws Throwable {
        String folder = TestImages.folder(Blocks.ARCH).toAbsolutePath().toString();
        controller.startJenkins();
        run(jenkins -> start(jenkins, folder, "tick-3-"));
    }

    private static void start(JenkinsRule jenkins, String folder, String until) throws Exception {
        Blocks.configureImages(folder);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, JOB);
        job.setDefinition(new CpsFlowDefinition(TICKING, true));
        jenkins.waitForMessage(until, job.scheduleBuild2(0).waitForStart());
    }

    private void finishTicking() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(RestartTest::everyTickArrivesOnce);
    }

    private static void everyTickArrivesOnce(JenkinsRule jenkins) throws Exception {
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        Blocks.assertEveryTickOnce(run, TICKS);
        jenkins.assertLogContains("after that: aarch64", run);
        Blocks.assertNothingIsLeft("");
    }

    private static void buildFailsAndNamesTheMachine(JenkinsRule jenkins) throws Exception {
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("QEMU was killed", run);
        Blocks.assertNothingIsLeft("");
    }
}
