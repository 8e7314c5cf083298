package io.jenkins.plugins.qemush.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What other versions have saved. */
@WithJenkins
class OldConfigurationTest {
    private static final String SAVED_EARLIER =
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
                  </location>
                </io.jenkins.plugins.qemush.config.ConfiguredImage>
              </images>
              <bootTimeout>77</bootTimeout>
              <machinesPerAgent>4</machinesPerAgent>
            </io.jenkins.plugins.qemush.config.QemuShConfiguration>
            """;

    @Test
    void whatAnOlderVersionDidNotKnowHasItsDefault(JenkinsRule jenkins) throws Exception {
        QemuShConfiguration read = SavedConfiguration.load(SAVED_EARLIER);

        assertThat(read.getBootTimeout()).isEqualTo(77);
        assertThat(read.getCpus()).isEqualTo(1);
        assertThat(read.getNetwork()).isEqualTo("user");
        assertThat(read.getWarm()).isEqualTo("auto");
        assertThat(read.isArchiveConsole()).isTrue();
        assertThat(read.getImages()).extracting(ConfiguredImage::getStandby).containsExactly(0);
    }

    @Test
    void whatMakesNoSenseHasItsDefault(JenkinsRule jenkins) throws Exception {
        String nonsense = SAVED_EARLIER
                .replace(
                        "<machinesPerAgent>",
                        "<warm>telepathic</warm><network>tin</network><cpus>0</cpus><machinesPerAgent>")
                .replace("<arch>", "<standby>99</standby><arch>");

        QemuShConfiguration read = SavedConfiguration.load(nonsense);

        assertThat(read.getWarm()).isEqualTo("auto");
        assertThat(read.getNetwork()).isEqualTo("user");
        assertThat(read.getCpus()).isEqualTo(1);
        assertThat(read.getImages()).extracting(ConfiguredImage::getStandby).containsExactly(16);
    }

    @Test
    void whatANewerVersionHasSavedDoesNotKeepTheRestFromBeingRead(JenkinsRule jenkins) throws Exception {
        String newer = SAVED_EARLIER
                .replace("<bootTimeout>", "<telepathy>strong</telepathy><bootTimeout>")
                .replace("<arch>", "<colour>red</colour><arch>");

        QemuShConfiguration read = SavedConfiguration.load(newer);

        assertThat(read.getBootTimeout()).isEqualTo(77);
        assertThat(read.getImages()).hasSize(1);
        assertThat(SavedConfiguration.xml()).contains("<telepathy>strong</telepathy>");
    }
}
