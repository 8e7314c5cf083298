package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** However a block ends, the build hears why, and nothing is left. */
@WithJenkins
class EndOfBlockTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Blocks.configureImage();
    }

    @AfterEach
    void nothingIsLeft() {
        await().atMost(SOON).untilAsserted(() -> Blocks.assertNothingIsLeft(""));
    }

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
        long start = System.nanoTime();
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
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
        kill("qemu-system-aarch64");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("QEMU was killed", run);
    }

    @Test
    void killedSupervisorFailsTheScriptAndIsNamed() throws Exception {
        WorkflowRun run = Blocks.start(jenkins, "sh 'echo started; sleep 1000'");
        jenkins.waitForMessage("started\n", run);
        long start = System.nanoTime();
        kill("engine.vm.Supervisor");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        jenkins.assertLogContains("supervisor", run);
    }

    @Test
    void panicInTheGuestIsTheVerdict() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(
                Result.FAILURE,
                jenkins.waitForCompletion(Blocks.job(
                                jenkins,
                                "node { qemuSh(arch: 'aarch64', user: 'root') { sh 'echo c > /proc/sysrq-trigger; sleep 1000' } }")
                        .scheduleBuild2(0)
                        .waitForStart()));
        jenkins.assertLogContains("panicked", run);
        jenkins.assertLogContains("Kernel panic - not syncing: sysrq triggered crash", run);
    }

    @Test
    void bodyWithoutScriptsEndsWhenItsMachineDies() throws Exception {
        WorkflowRun run = Blocks.start(jenkins, "echo 'in the body'; sleep 600");
        jenkins.waitForMessage("in the body\n", run);
        kill("qemu-system-aarch64");
        await().atMost(SOON).until(() -> !run.isBuilding());
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

    @Test
    void unknownImageFailsAtOnceAndIsNamed() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(
                Result.FAILURE,
                jenkins.waitForCompletion(Blocks.job(jenkins, "node { qemuSh(image: 'no-such-image') { sh 'id' } }")
                        .scheduleBuild2(0)
                        .waitForStart()));
        jenkins.assertLogContains("There is no image \"no-such-image\"", run);
    }

    @Test
    void damagedImageIsNotBooted(@TempDir Path folder) throws Exception {
        Path image = TestImages.folder(Blocks.ARCH);
        try (var files = Files.list(image)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.write(folder.resolve("kernel"), new byte[] {1, 2, 3});
        Path manifest = folder.resolve("image.json");
        Files.writeString(manifest, Files.readString(manifest).replace("test-aarch64", "test-damaged"));
        Blocks.configureImage(folder.toString());
        WorkflowRun run = Blocks.failure(jenkins, "sh 'id'");
        jenkins.assertLogContains("kernel", run);
    }

    static void kill(String what) {
        List<ProcessHandle> processes = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(what) && line.contains(System.getenv("QEMU_SH_RUN")))
                        .isPresent())
                .filter(process -> !process.info().command().orElse("").endsWith("sh"))
                .toList();
        assertThat(processes).isNotEmpty();
        processes.forEach(ProcessHandle::destroyForcibly);
    }
}
