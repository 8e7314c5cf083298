package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.testing.Patience.await;

import hudson.FilePath;
import hudson.model.TaskListener;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A restart into another version of the plugin, while a machine runs on the engine of the version before. */
@Tag("jenkins-vm")
class PluginUpgradeTest {
    private static final String OLD = "old";

    /** The old block waits for this file of its workspace. */
    private static final String GO = "go";

    private static final String BODY = "echo 'it runs'\nwaitUntil(quiet: true) { fileExists '" + GO + "' }\n"
            + "sh 'echo \"the old one is $(uname -m)\"'";

    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().extraEnv("QEMU_SH_RUN", System.getenv("QEMU_SH_RUN"));

    @Test
    void machineKeepsItsEngineUntilItIsGone() throws Throwable {
        String image = TestImages.folder(Blocks.ARCH).toAbsolutePath().toString();
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            Blocks.configureImages(image);
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, OLD);
            job.setDefinition(new CpsFlowDefinition(Blocks.inBlock(BODY), true));
            jenkins.waitForMessage("it runs\n", job.scheduleBuild2(0).waitForStart());
        });
        controller.stopJenkins();
        upgrade(controller.getHome().toPath());
        controller.startJenkins();
        controller.runRemotely(PluginUpgradeTest::bothVersionsRun);
    }

    private static void bothVersionsRun(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName(OLD, WorkflowJob.class);
        WorkflowRun old = job.getBuildByNumber(1);
        WorkflowRun fresh = Blocks.success(jenkins, "sh 'uname -m'");
        jenkins.assertLogContains("aarch64\n", fresh);
        sweep(jenkins);
        await().during(Duration.ofSeconds(3)).until(() -> engines(jenkins).size() == 2);

        jenkins.jenkins.getWorkspaceFor(job).child(GO).touch(System.currentTimeMillis());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(old));
        jenkins.assertLogContains("the old one is aarch64", old);
        Blocks.assertNothingIsLeft("");
        sweep(jenkins);
        await().until(() -> engines(jenkins).size() == 1);
    }

    /** One more file on the plugin's class path makes it another version: the engine's folder is named by its files. */
    private static void upgrade(Path home) throws IOException {
        Path jar = home.resolve("more.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("another-version"));
        }
        Path plugin = home.resolve("plugins/qemu-sh.jpl");
        Manifest manifest;
        try (InputStream in = Files.newInputStream(plugin)) {
            manifest = new Manifest(in);
        }
        manifest.getMainAttributes().merge(new Attributes.Name("Libraries"), jar, (all, more) -> all + "," + more);
        try (OutputStream out = Files.newOutputStream(plugin)) {
            manifest.write(out);
        }
    }

    /** As when the node connects. */
    private static void sweep(JenkinsRule jenkins) throws IOException {
        new OrphanedMachines().onOnline(jenkins.jenkins.toComputer(), TaskListener.NULL);
    }

    private static List<FilePath> engines(JenkinsRule jenkins) throws IOException, InterruptedException {
        return jenkins.jenkins.getRootPath().child("qemu-sh").listDirectories().stream()
                .filter(folder -> !folder.getName().startsWith("standby-"))
                .toList();
    }
}
