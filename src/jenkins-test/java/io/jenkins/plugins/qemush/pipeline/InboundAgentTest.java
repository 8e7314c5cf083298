package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;

import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Blocks on an agent that is a process of its own, and comes and goes. */
@Tag("jenkins-vm")
@WithJenkins
class InboundAgentTest {
    private static final String AGENT = "remote";
    private static final int TICKS = 30;

    /** One a second: so long is the connection lost, and so long the whole script. */
    private static final int TICKS_OF_THE_LOSS = 60;

    private static final int LONG_TICKS = 80;

    @RegisterExtension
    private final FlagExtension<Long> patience = Blocks.patienceWithAgents();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Blocks.configureImages(TestImages.folder(Blocks.ARCH).toAbsolutePath().toString());
        Blocks.connect(agents, rule, AGENT);
    }

    @Test
    void engineComesToTheAgentAndTheScriptRunsInItsGuest() throws Exception {
        WorkflowRun run = start("sh 'uname -m > machine.txt'; echo readFile('machine.txt')");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("on " + AGENT, run);
        jenkins.assertLogContains("aarch64", run);
        Blocks.assertNothingIsLeft(AGENT);
    }

    @Test
    void scriptGoesOnWhileTheAgentIsKilledAndComesBack() throws Exception {
        WorkflowRun run = start(Blocks.ticks(TICKS, 1));
        jenkins.waitForMessage("tick-3-", run);
        agents.stop(jenkins, AGENT);
        Computer computer = jenkins.jenkins.getComputer(AGENT);
        await().until(computer::isOffline);
        agents.start(jenkins, AGENT);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        Blocks.assertEveryTickOnce(run, TICKS);
        Blocks.assertNothingIsLeft(AGENT);
    }

    @Test
    void scriptGoesOnWhileTheConnectionIsLostForAMinute() throws Exception {
        agents.stop(jenkins, AGENT);
        try (CuttableProxy proxy = new CuttableProxy(jenkins.getURL().getPort())) {
            startThrough(proxy);
            WorkflowRun run = start(Blocks.ticks(LONG_TICKS, 1));
            jenkins.waitForMessage("tick-3-", run);
            proxy.cut();
            Computer computer = jenkins.jenkins.getComputer(AGENT);
            await().until(computer::isOffline);
            await().until(() -> logOnTheAgent().contains("tick-" + TICKS_OF_THE_LOSS + "-"));
            proxy.heal();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            Blocks.assertEveryTickOnce(run, LONG_TICKS);
            Blocks.assertNothingIsLeft(AGENT);
        }
    }

    /** What durable-task would read there if it could. */
    private String logOnTheAgent() throws IOException {
        Path root = Path.of(((Slave) jenkins.jenkins.getNode(AGENT)).getRemoteFS());
        try (Stream<Path> files = Files.walk(root.resolve("workspace"))) {
            Path log = files.filter(file -> file.endsWith("jenkins-log.txt"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(log);
        }
    }

    private void startThrough(CuttableProxy proxy) throws Exception {
        InboundAgentExtension.AgentArguments direct = InboundAgentExtension.getAgentArguments(jenkins, AGENT);
        InboundAgentExtension.Options options = InboundAgentExtension.Options.newBuilder()
                .name(AGENT)
                .webSocket()
                .build();
        String url = direct.url().replace(":" + jenkins.getURL().getPort() + "/", ":" + proxy.port() + "/");
        agents.start(
                new InboundAgentExtension.AgentArguments(
                        direct.agentJar(),
                        url,
                        AGENT,
                        direct.secret(),
                        direct.numberOfNodes(),
                        direct.commandLineArgs()),
                options);
        jenkins.waitOnline((Slave) jenkins.jenkins.getNode(AGENT));
    }

    @Test
    void machinesOfALostAgentAreRemovedWhenItComesBack() throws Exception {
        WorkflowRun run = start("sh 'echo started; sleep 1000'");
        jenkins.waitForMessage("started\n", run);
        agents.stop(jenkins, AGENT);
        run.doKill();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        agents.start(jenkins, AGENT);
        await().untilAsserted(() -> Blocks.assertNothingIsLeft(AGENT));
    }

    private WorkflowRun start(String body) throws Exception {
        return Blocks.job(jenkins, Blocks.inBlockOn(AGENT, body))
                .scheduleBuild2(0)
                .waitForStart();
    }
}
