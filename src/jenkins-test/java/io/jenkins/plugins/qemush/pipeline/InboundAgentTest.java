package io.jenkins.plugins.qemush.pipeline;

import static org.awaitility.Awaitility.await;

import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Blocks on an agent that is a process of its own, and comes and goes. */
@WithJenkins
class InboundAgentTest {
    private static final String AGENT = "remote";

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Blocks.configureImage(TestImages.folder(Blocks.ARCH).toAbsolutePath().toString());
        agents.createAgent(
                rule,
                InboundAgentExtension.Options.newBuilder()
                        .name(AGENT)
                        .webSocket()
                        .build());
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
        WorkflowRun run = start("sh 'set +x; for i in $(seq 30); do echo tick-$i-; sleep 1; done'");
        jenkins.waitForMessage("tick-3-", run);
        agents.stop(jenkins, AGENT);
        Computer computer = jenkins.jenkins.getComputer(AGENT);
        await().atMost(Duration.ofSeconds(30)).until(computer::isOffline);
        agents.start(jenkins, AGENT);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        for (int i = 1; i <= 30; i++) {
            jenkins.assertLogContains("tick-" + i + "-", run);
        }
        Blocks.assertNothingIsLeft(AGENT);
    }

    @Test
    void machinesOfALostAgentAreRemovedWhenItComesBack() throws Exception {
        WorkflowRun run = start("sh 'echo started; sleep 1000'");
        jenkins.waitForMessage("started\n", run);
        agents.stop(jenkins, AGENT);
        run.doKill();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        agents.start(jenkins, AGENT);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> Blocks.assertNothingIsLeft(AGENT));
    }

    private WorkflowRun start(String body) throws Exception {
        Slave agent = (Slave) jenkins.jenkins.getNode(AGENT);
        return Blocks.job(jenkins, Blocks.inBlock(body).replace("node {", "node('" + agent.getNodeName() + "') {"))
                .scheduleBuild2(0)
                .waitForStart();
    }
}
