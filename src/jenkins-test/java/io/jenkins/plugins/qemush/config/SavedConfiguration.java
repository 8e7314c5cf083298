package io.jenkins.plugins.qemush.config;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration as it lies on the controller's disk, and ways to change it. */
final class SavedConfiguration {
    private SavedConfiguration() {}

    /** Everything that can be set, as the documentation shows it. */
    static void loadExample() throws Exception {
        ConfigurationAsCode.get().configure(Path.of("docs/casc.yaml").toUri().toString());
    }

    static String xml() throws IOException {
        return Files.readString(file());
    }

    /** As Jenkins does at its start. */
    static QemuShConfiguration load(String xml) throws IOException {
        Files.writeString(file(), xml);
        QemuShConfiguration.get().load();
        return QemuShConfiguration.get();
    }

    private static Path file() {
        return jenkins.model.Jenkins.get().getRootDir().toPath().resolve(QemuShConfiguration.class.getName() + ".xml");
    }
}
