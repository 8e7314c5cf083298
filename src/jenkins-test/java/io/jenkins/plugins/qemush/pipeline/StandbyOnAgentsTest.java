package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.Result;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Machines stand by on the agents where their image is in use, and outlive an agent that is away for a while. */
@Tag("jenkins-vm")
@WithJenkins
class StandbyOnAgentsTest {
    private static final String AGENT = "remote";
    private static final String TAKES = "takes a machine that stands by";

    @RegisterExtension
    private final FlagExtension<Long> patience = Blocks.patienceWithAgents();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Blocks.configureImages(TestImages.folder(Blocks.ARCH).toAbsolutePath().toString());
        Blocks.standby(1);
        Blocks.connect(agents, rule, AGENT);
    }

    @AfterEach
    void noneStandsByAnyMore() throws Exception {
        Blocks.standby(0);
        await().untilAsserted(() -> Blocks.assertNothingIsLeft(AGENT));
    }

    private static Optional<Integer> standingOn(String node) throws Exception {
        return Agent.named(node).standby().count("test-aarch64");
    }

    private WorkflowRun run(String body) throws Exception {
        return Blocks.run(jenkins, Result.SUCCESS, Blocks.inBlockOn(AGENT, body));
    }

    @Test
    void machinesStandByWhereTheImageIsInUseAndOutliveTheAgent() throws Exception {
        assertThat(standingOn(AGENT)).isEmpty();
        jenkins.assertLogNotContains(TAKES, run("sh 'true'"));
        await().until(() -> standingOn(AGENT).equals(Optional.of(1)));
        assertThat(standingOn("")).isEmpty();

        agents.stop(jenkins, AGENT);
        Computer computer = jenkins.jenkins.getComputer(AGENT);
        await().until(computer::isOffline);
        agents.start(jenkins, AGENT);

        assertThat(standingOn(AGENT)).contains(1);
        jenkins.assertLogContains(TAKES, run("sh 'true'"));
        assertThat(Agent.named(AGENT).machines()).isEmpty();
    }
}
