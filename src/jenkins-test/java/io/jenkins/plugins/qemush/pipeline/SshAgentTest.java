package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Computer;
import hudson.plugins.sshslaves.SSHLauncher;
import hudson.plugins.sshslaves.verifiers.NonVerifyingKeyVerificationStrategy;
import hudson.slaves.DumbSlave;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Blocks on an agent that Jenkins starts over SSH. */
@Tag("jenkins-vm")
@WithJenkins
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshAgentTest {
    private static final String AGENT = "over-ssh";
    private static final String KEY = "agent-key";
    private static final int TICKS = 30;

    @RegisterExtension
    private final FlagExtension<Long> patience = Blocks.patienceWithAgents();

    private JenkinsRule jenkins;
    private Sshd sshd;

    @BeforeAll
    void start(JenkinsRule rule, @TempDir Path folder) throws Exception {
        jenkins = rule;
        Blocks.configureImage();
        sshd = Sshd.start(
                folder,
                Map.of(
                        "QEMU_SH_HOME", System.getenv("QEMU_SH_HOME"),
                        "QEMU_SH_RUN", System.getenv("QEMU_SH_RUN")));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new BasicSSHUserPrivateKey(
                        CredentialsScope.SYSTEM,
                        KEY,
                        System.getProperty("user.name"),
                        new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(sshd.privateKey()),
                        null,
                        ""));
        SSHLauncher launcher = new SSHLauncher("127.0.0.1", sshd.port(), KEY);
        launcher.setSshHostKeyVerificationStrategy(new NonVerifyingKeyVerificationStrategy());
        launcher.setJavaPath(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        DumbSlave agent = new DumbSlave(AGENT, folder.resolve("agent").toString(), launcher);
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
    }

    @AfterAll
    void stop() throws Exception {
        jenkins.after();
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void scriptRunsInTheGuestOfTheAgent() throws Exception {
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
        Computer computer = jenkins.jenkins.getComputer(AGENT);
        sshd.kill("remoting.jar");
        await().until(computer::isOffline);
        computer.connect(true).get();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        Blocks.assertEveryTickOnce(run, TICKS);
        Blocks.assertNothingIsLeft(AGENT);
    }

    private WorkflowRun start(String body) throws Exception {
        return Blocks.job(jenkins, Blocks.inBlockOn(AGENT, body))
                .scheduleBuild2(0)
                .waitForStart();
    }
}
