package io.jenkins.plugins.qemush;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads the packed plugin back, as Jenkins will. */
class PluginArchiveIT {
    private static final Path ARCHIVE = Path.of("target/qemu-sh.hpi");

    private static Attributes manifest;
    private static Map<String, byte[]> archive;
    private static byte[] jar;
    private static Map<String, byte[]> classes;

    @BeforeAll
    static void read() throws IOException {
        byte[] bytes = Files.readAllBytes(ARCHIVE);
        manifest = manifest(bytes);
        archive = entries(bytes);
        jar = archive.get("WEB-INF/lib/qemu-sh.jar");
        classes = entries(jar);
    }

    @Test
    void manifestSaysWhatJenkinsAsks() {
        assertThat(manifest.getValue("Short-Name")).isEqualTo("qemu-sh");
        assertThat(manifest.getValue("Plugin-Version")).isNotBlank();
        assertThat(manifest.getValue("Jenkins-Version")).startsWith("2.541");
        assertThat(manifest.getValue("Plugin-Dependencies"))
                .contains("workflow-step-api:", "workflow-durable-task-step:");
        assertThat(manifest.getValue("Plugin-Class")).isNull();
    }

    /** Otherwise Jenkins silently refuses to keep the plugin's objects, and builds hang after a restart. */
    @Test
    void jarNamesItsPlugin() throws IOException {
        Attributes inJar = manifest(jar);
        assertThat(inJar.getValue("Short-Name")).isEqualTo(manifest.getValue("Short-Name"));
        assertThat(inJar.getValue("Plugin-Version")).isEqualTo(manifest.getValue("Plugin-Version"));
    }

    @Test
    void extensionsAndSymbolsAreIndexed() {
        assertThat(new String(classes.get("META-INF/annotations/hudson.Extension"), StandardCharsets.ISO_8859_1))
                .contains("pipeline.QemuShStep$DescriptorImpl", "config.QemuShConfiguration", "agent.EngineJars");
        assertThat(new String(classes.get("META-INF/annotations/org.jenkinsci.Symbol"), StandardCharsets.UTF_8))
                .contains("config.QemuShConfiguration");
        assertThat(classes).containsKeys("index.jelly", "io/jenkins/plugins/qemush/pipeline/QemuShStep/config.jelly");
    }

    @Test
    void handWrittenSignaturesStayOut() {
        assertThat(classes.keySet()).noneMatch(name -> name.matches("(hudson|jenkins|org|net|com)/.*"));
        assertThat(archive.keySet()).noneMatch(name -> name.matches(".*/(stapler|sezpoz|annotation-indexer)-.*"));
    }

    @Test
    void librariesOfTheEngineAreThere() {
        assertThat(archive.keySet())
                .anyMatch(name -> name.startsWith("WEB-INF/lib/jsch-"))
                .anyMatch(name -> name.startsWith("WEB-INF/lib/gson-"))
                .anyMatch(name -> name.startsWith("WEB-INF/lib/commons-compress-"))
                .anyMatch(name -> name.startsWith("WEB-INF/lib/commons-io-"));
    }

    private static Attributes manifest(byte[] bytes) throws IOException {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(bytes))) {
            Manifest found = in.getManifest();
            return found.getMainAttributes();
        }
    }

    private static Map<String, byte[]> entries(byte[] bytes) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
