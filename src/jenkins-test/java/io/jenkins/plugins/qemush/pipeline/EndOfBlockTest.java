package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** However a block ends, the build hears why, and nothing is left. */
class EndOfBlockTest extends JenkinsWithImage {

    @Test
    void consoleIsArchivedWhateverTheResult() throws Exception {
        WorkflowRun run = Blocks.failure(jenkins, "sh 'exit 1'");
        assertThat(run.getArtifacts())
                .extracting(artifact -> artifact.relativePath)
                .containsExactly("qemu-sh/aarch64/console.log");
        assertThat(run.getArtifactManager()
                        .root()
                        .child("qemu-sh/aarch64/console.log")
                        .length())
                .isPositive();
    }

    @Test
    void abortEndsTheScriptInTheGuest() throws Exception {
        WorkflowRun run = Blocks.start(jenkins, "sh 'echo started; trap \"\" HUP; sleep 1000; echo survived'");
        jenkins.waitForMessage("started\n", run);
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Terminated", run);
        jenkins.assertLogNotContains("survived\n", run);
        assertThat(run.getArtifacts())
                .extracting(artifact -> artifact.relativePath)
                .containsExactly("qemu-sh/aarch64/console.log");
    }

    @Test
    void timeoutEndsTheScriptAndTheMachineIsThereForTheNext() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "try { timeout(time: 5, unit: 'SECONDS') { sh 'sleep 1000' } } catch (e) { echo 'too slow' }\n"
                        + "sh 'if ps | grep \"[s]leep 1000\"; then exit 1; fi; echo none is left'");
        jenkins.assertLogContains("none is left", run);
    }

    @Test
    void abortWhileTheGuestBootsEndsIt() throws Exception {
        WorkflowRun run = Blocks.start(jenkins, "echo 'not reached'");
        jenkins.waitForMessage("boots test-aarch64", run);
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogNotContains("not reached", run);
    }

    @Test
    void killedQemuFailsTheScriptAndIsNamed() throws Exception {
        WorkflowRun run = Blocks.start(jenkins, "sh 'echo started; sleep 1000'");
        jenkins.waitForMessage("started\n", run);
        Blocks.kill("qemu-system-aarch64");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("QEMU was killed", run);
    }

    @Test
    void killedSupervisorFailsTheScriptAndIsNamed() throws Exception {
        WorkflowRun run = Blocks.start(jenkins, "sh 'echo started; sleep 1000'");
        jenkins.waitForMessage("started\n", run);
        Blocks.kill("engine.supervisor.Supervisor");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("supervisor", run);
    }

    @Test
    void panicInTheGuestIsTheVerdict() throws Exception {
        WorkflowRun run = Blocks.run(
                jenkins,
                Result.FAILURE,
                "node('built-in') { qemuSh(arch: 'aarch64', user: 'root') { sh 'echo c > /proc/sysrq-trigger; sleep 1000' } }");
        jenkins.assertLogContains("panicked", run);
        jenkins.assertLogContains("Kernel panic - not syncing: sysrq triggered crash", run);
    }

    @Test
    void bodyWithoutScriptsEndsWhenItsMachineDies() throws Exception {
        WorkflowRun run = Blocks.start(jenkins, "echo 'in the body'; sleep 600");
        jenkins.waitForMessage("in the body\n", run);
        Blocks.kill("qemu-system-aarch64");
        await().until(() -> !run.isBuilding());
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("QEMU was killed", run);
    }

    @Test
    void hardKillOfTheBuildEndsTheMachine() throws Exception {
        WorkflowRun run = Blocks.start(jenkins, "sh 'echo started; sleep 1000'");
        jenkins.waitForMessage("started\n", run);
        run.doKill();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
    }
}
