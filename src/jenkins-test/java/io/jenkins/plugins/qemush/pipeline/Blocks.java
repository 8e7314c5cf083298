package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.config.StoredLocation;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;

/** What the tests of blocks have in common: an image, Pipelines, and a look at what they leave behind. */
final class Blocks {
    static final String ARCH = "aarch64";

    private Blocks() {}

    /** Makes the test's image the default of its architecture. */
    static void configureImage() throws IOException, InterruptedException {
        configureImages(TestImages.folder(ARCH).toAbsolutePath().toString());
    }

    /** Configures the images in these folders, by their own names. */
    static void configureImages(String... folders) throws IOException {
        List<ConfiguredImage> images = new ArrayList<>();
        for (String folder : folders) {
            ImageManifest manifest = Image.open(Path.of(folder)).manifest();
            images.add(new ConfiguredImage(manifest.name(), manifest.arch(), new StoredLocation(folder)));
        }
        QemuShConfiguration.get().setImages(images);
    }

    /** Has so many machines of the first image stand by. */
    static void standby(int count) {
        ConfiguredImage image = QemuShConfiguration.get().getImages().get(0);
        image.setStandby(count);
        QemuShConfiguration.get().setImages(List.of(image));
    }

    /** Connects an agent that calls in by itself. */
    static void connect(InboundAgentExtension agents, JenkinsRule jenkins, String name) throws Exception {
        agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(name)
                        .webSocket()
                        .build());
    }

    /** Jenkins' usual patience with an agent that is away; in tests it has little. */
    static FlagExtension<Long> patienceWithAgents() {
        return new FlagExtension<>(
                () -> ExecutorStepExecution.TIMEOUT_WAITING_FOR_NODE_MILLIS,
                value -> ExecutorStepExecution.TIMEOUT_WAITING_FOR_NODE_MILLIS = value,
                Duration.ofMinutes(5).toMillis());
    }

    static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Starts a Pipeline whose only block, on the built-in node, has this body. */
    static WorkflowRun start(JenkinsRule jenkins, String body) throws Exception {
        return job(jenkins, inBlock(body)).scheduleBuild2(0).waitForStart();
    }

    static String inBlock(String body) {
        return inBlockOn("built-in", body);
    }

    /** A Pipeline whose only block, on this node, has this body. */
    static String inBlockOn(String node, String body) {
        return "node('" + node + "') { qemuSh(arch: '" + ARCH + "') {\n" + body + "\n} }";
    }

    /** A body that prints so many lines, one after the other, and nothing else. */
    static String ticks(int count, double secondsBetween) {
        return "sh 'set +x; for i in $(seq " + count + "); do echo tick-$i-; sleep " + secondsBetween + "; done'";
    }

    /** Each line of {@link #ticks} is in the log once, in order. */
    static void assertEveryTickOnce(WorkflowRun run, int count) throws IOException {
        assertThat(JenkinsRule.getLog(run).lines().filter(line -> line.startsWith("tick-")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, count)
                        .mapToObj(i -> "tick-" + i + "-")
                        .toList());
    }

    static WorkflowRun success(JenkinsRule jenkins, String body) throws Exception {
        return end(jenkins, Result.SUCCESS, start(jenkins, body));
    }

    static WorkflowRun failure(JenkinsRule jenkins, String body) throws Exception {
        return end(jenkins, Result.FAILURE, start(jenkins, body));
    }

    /** Runs a whole Pipeline. */
    static WorkflowRun run(JenkinsRule jenkins, Result expected, String script) throws Exception {
        return end(jenkins, expected, job(jenkins, script).scheduleBuild2(0).waitForStart());
    }

    /** Waits for a build's end. */
    static WorkflowRun end(JenkinsRule jenkins, Result expected, WorkflowRun run) throws Exception {
        return jenkins.assertBuildStatus(expected, jenkins.waitForCompletion(run));
    }

    /** No QEMU, no supervisor and no run directory is there any more. */
    static void assertNothingIsLeft(String... nodes) throws IOException, InterruptedException {
        for (String node : nodes) {
            assertThat(Agent.named(node).machines()).isEmpty();
        }
        // A supervisor is gone a moment after its machine.
        await().untilAsserted(() -> assertThat(machineProcesses()).isEmpty());
    }

    /** The command lines of QEMU processes and supervisors of this build's machines; one that is being saved is none. */
    static List<String> machineProcesses() {
        return processes("")
                .map(process -> process.info().commandLine().orElse(""))
                .toList();
    }

    /** Kills those of them whose command line has a word. */
    static void kill(String word) {
        List<ProcessHandle> processes = processes(word)
                .filter(process -> !process.info().command().orElse("").endsWith("sh"))
                .toList();
        assertThat(processes).isNotEmpty();
        processes.forEach(ProcessHandle::destroyForcibly);
    }

    /** Others may run the same tests on this host: only processes that name this build's folder count. */
    private static Stream<ProcessHandle> processes(String word) {
        String runs = System.getenv("QEMU_SH_RUN");
        String build = Path.of(System.getenv("QEMU_SH_HOME")).getParent().toString();
        return ProcessHandle.allProcesses().filter(process -> process.info()
                .commandLine()
                .filter(line -> line.contains(word) && line.contains(runs) && line.contains(build))
                .filter(line -> !line.contains("/.save-"))
                .isPresent());
    }
}
