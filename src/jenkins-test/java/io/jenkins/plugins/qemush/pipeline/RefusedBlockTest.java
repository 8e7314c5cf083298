package io.jenkins.plugins.qemush.pipeline;

import hudson.EnvVars;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.DumbSlave;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** What cannot work fails with a sentence that says why, and leaves nothing. */
class RefusedBlockTest extends JenkinsWithImage {
    @Test
    void unknownArchitectureIsToldWhichThereAre() throws Exception {
        assertFails("arch: 'arm65'", "There is no architecture \"arm65\"", "aarch64");
    }

    @Test
    void unknownImageIsToldWhichThereAre() throws Exception {
        assertFails("image: 'no-such-image'", "There is no image \"no-such-image\"");
    }

    @Test
    void unknownWordIsToldWhichThereAre() throws Exception {
        assertFails("arch: 'aarch64', network: 'bridge'", "network cannot be 'bridge': use one of 'user', 'none'.");
    }

    @Test
    void moreThanAdministratorsAllowIsRefused() throws Exception {
        QemuShConfiguration configuration = QemuShConfiguration.get();
        configuration.setDefaultsAreLimits(true);
        configuration.setTotalTimeout(3600);
        configuration.setNetwork("none");
        try {
            assertFails("arch: 'aarch64', totalTimeout: 0", "totalTimeout: 0, no limit, is more than the 3600 s");
            assertFails("arch: 'aarch64', network: 'user'", "network: 'user' is more than the 'none' that is allowed");
        } finally {
            configuration.setDefaultsAreLimits(false);
            configuration.setTotalTimeout(0);
            configuration.setNetwork("user");
        }
    }

    @Test
    void wrongUserIsNamed() throws Exception {
        assertFails("arch: 'aarch64', user: 'no user'", "\"no user\"");
    }

    @Test
    void imageThatIsNotItsDigestsIsNotBooted(@TempDir Path folder) throws Exception {
        configureCopy(folder, "test-damaged");
        byte[] kernel = Files.readAllBytes(folder.resolve("kernel"));
        kernel[kernel.length / 2] ^= 1;
        Files.write(folder.resolve("kernel"), kernel);
        assertFails("image: 'test-damaged'", "The kernel of the image test-damaged is damaged");
    }

    @Test
    void imageWithoutItsFileIsNotBooted(@TempDir Path folder) throws Exception {
        configureCopy(folder, "test-incomplete");
        Files.delete(folder.resolve("disk.qcow2"));
        assertFails("image: 'test-incomplete'", "disk.qcow2, is missing");
    }

    @Test
    void imageFolderThatIsGoneIsNamed(@TempDir Path folder) throws Exception {
        configureCopy(folder, "test-gone");
        Path gone = folder.resolveSibling(folder.getFileName() + "-moved");
        Files.move(folder, gone);
        try {
            assertFails("image: 'test-gone'", folder.toString());
        } finally {
            Files.move(gone, folder);
        }
    }

    @Test
    void agentWithoutQemuIsToldWhatToInstall(@TempDir Path programs) throws Exception {
        for (String program : List.of("sh", "java", "nohup", "sleep", "cat", "mkdir", "rm", "setsid", "touch")) {
            Files.createSymbolicLink(programs.resolve(program), which(program));
        }
        DumbSlave agent = jenkins.createSlave("bare", "bare", new EnvVars("PATH", programs.toString()));
        jenkins.waitOnline(agent);
        WorkflowRun run =
                Blocks.run(jenkins, Result.FAILURE, "node('bare') { qemuSh(arch: 'aarch64') { echo 'not reached' } }");
        jenkins.assertLogContains("qemu-system-aarch64", run);
        jenkins.assertLogContains("apt-get install qemu-system-arm", run);
        jenkins.assertLogNotContains("not reached\n", run);
        Blocks.assertNothingIsLeft("bare");
    }

    @Test
    void windowsAgentIsToldThatItCannot() throws Exception {
        jenkins.jenkins.addNode(new WindowsAgent(jenkins));
        WorkflowRun run = Blocks.run(jenkins, Result.FAILURE, Blocks.inBlockOn("windows", "echo 'not reached'"));
        jenkins.assertLogContains("qemuSh runs on Unix agents only, and windows is a Windows agent.", run);
        jenkins.assertLogNotContains("not reached\n", run);
    }

    /** An agent that Jenkins takes for one of Windows. */
    public static final class WindowsAgent extends Slave {
        private static final long serialVersionUID = 1L;

        WindowsAgent(JenkinsRule jenkins) throws Exception {
            super("windows", jenkins.createTmpDir().getPath(), jenkins.createComputerLauncher(new EnvVars()));
        }

        @Override
        public Computer createComputer() {
            return new SlaveComputer(this) {
                @Override
                public Boolean isUnix() {
                    return false;
                }
            };
        }

        @TestExtension
        public static final class DescriptorImpl extends SlaveDescriptor {}
    }

    private static Path which(String program) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private void assertFails(String parameters, String... words) throws Exception {
        WorkflowRun run = Blocks.run(
                jenkins, Result.FAILURE, "node('built-in') { qemuSh(" + parameters + ") { echo 'not reached' } }");
        for (String word : words) {
            jenkins.assertLogContains(word, run);
        }
        jenkins.assertLogNotContains("not reached\n", run);
    }

    /** Configures a copy of the test's image, beside the image itself. */
    private static void configureCopy(Path folder, String name) throws IOException, InterruptedException {
        try (var files = Files.list(TestImages.folder(Blocks.ARCH))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Path manifest = folder.resolve("image.json");
        Files.writeString(manifest, Files.readString(manifest).replace("test-aarch64", name));
        Blocks.configureImages(TestImages.folder(Blocks.ARCH).toAbsolutePath().toString(), folder.toString());
    }
}
