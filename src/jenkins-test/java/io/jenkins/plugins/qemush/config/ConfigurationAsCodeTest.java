package io.jenkins.plugins.qemush.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.yaml.snakeyaml.Yaml;

@WithJenkins
class ConfigurationAsCodeTest {
    @Test
    void documentedExampleSetsWhatItSays(JenkinsRule jenkins) throws Exception {
        SavedConfiguration.loadExample();

        QemuShConfiguration set = QemuShConfiguration.get();
        assertThat(set.getCpus()).isEqualTo(2);
        assertThat(set.getTotalTimeout()).isEqualTo(14400);
        assertThat(set.isDefaultsAreLimits()).isTrue();
        assertThat(set.isMakeMissingImages()).isFalse();
        assertThat(set.getAgentHome()).isEqualTo("/srv/qemu-sh");
        assertThat(set.getImages())
                .extracting(ConfiguredImage::getName)
                .containsExactly("debian-aarch64", "debian-mipsel-toolchain", "board");
        FilesLocation board = (FilesLocation) set.getImages().get(2).getLocation();
        assertThat(board.getDtb()).isEqualTo("https://images.example.org/board/vexpress-v2p-ca9.dtb");
        assertThat(set.getImages()).extracting(ConfiguredImage::getStandby).containsExactly(2, 0, 0);
        assertThat(set.getImages().get(2).getMachine().getNet()).isEqualTo("lan9118");
    }

    @Test
    void exportedConfigurationIsTheImportedOne(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        SavedConfiguration.loadExample();
        String before = SavedConfiguration.xml();
        Path exported = folder.resolve("exported.yaml");
        Files.writeString(exported, new Yaml().dump(Map.of("unclassified", Map.of("qemuSh", export()))));

        QemuShConfiguration.get().setImages(List.of());
        QemuShConfiguration.get().setWarm("false");
        ConfigurationAsCode.get().configure(exported.toUri().toString());

        assertThat(SavedConfiguration.xml()).isEqualTo(before);
    }

    private static Object export() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        Map<String, Map<String, Object>> all = new Yaml().load(out.toString(StandardCharsets.UTF_8));
        return all.get("unclassified").get("qemuSh");
    }
}
