package io.jenkins.plugins.qemush.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What other versions have saved. */
@WithJenkins
class OldConfigurationTest {
    private static final String FILES_OF_OLD =
            """
            <?xml version='1.1' encoding='UTF-8'?>
            <io.jenkins.plugins.qemush.config.QemuShConfiguration>
              <images>
                <io.jenkins.plugins.qemush.config.ConfiguredImage>
                  <name>board</name>
                  <arch>armhf</arch>
                  <location class="io.jenkins.plugins.qemush.config.FilesLocation">
                    <kernel>/srv/zImage</kernel>
                    <disk>/srv/root.qcow2</disk>
                    <user>tester</user>
                    <machineType>vexpress-a9</machineType>
                    <rootDevice>/dev/mmcblk0</rootDevice>
                    <kernelArguments>quiet</kernelArguments>
                  </location>
                </io.jenkins.plugins.qemush.config.ConfiguredImage>
              </images>
              <bootTimeout>77</bootTimeout>
              <machinesPerAgent>4</machinesPerAgent>
            </io.jenkins.plugins.qemush.config.QemuShConfiguration>
            """;

    @Test
    void settingsThatFilesOnceHadAreTheImagesNow(JenkinsRule jenkins) throws Exception {
        ConfiguredImage image =
                SavedConfiguration.load(FILES_OF_OLD).getImages().get(0);

        assertThat(image.getUser()).isEqualTo("tester");
        assertThat(image.getMachine().getType()).isEqualTo("vexpress-a9");
        assertThat(image.getMachine().getRoot()).isEqualTo("/dev/mmcblk0");
        assertThat(image.getMachine().getKernelArguments()).isEqualTo("quiet");
        assertThat(image.choice()).isNotNull();
    }

    @Test
    void whatAnOlderVersionDidNotKnowHasItsDefault(JenkinsRule jenkins) throws Exception {
        QemuShConfiguration read = SavedConfiguration.load(FILES_OF_OLD);

        assertThat(read.getBootTimeout()).isEqualTo(77);
        assertThat(read.getCpus()).isEqualTo(1);
        assertThat(read.getNetwork()).isEqualTo("user");
        assertThat(read.getWarm()).isEqualTo("auto");
        assertThat(read.isArchiveConsole()).isTrue();
    }

    @Test
    void whatANewerVersionHasSavedDoesNotKeepTheRestFromBeingRead(JenkinsRule jenkins) throws Exception {
        String newer = FILES_OF_OLD
                .replace("<bootTimeout>", "<telepathy>strong</telepathy><bootTimeout>")
                .replace("<arch>", "<colour>red</colour><arch>");

        QemuShConfiguration read = SavedConfiguration.load(newer);

        assertThat(read.getBootTimeout()).isEqualTo(77);
        assertThat(read.getImages()).hasSize(1);
        assertThat(SavedConfiguration.xml()).contains("<telepathy>strong</telepathy>");
    }
}
