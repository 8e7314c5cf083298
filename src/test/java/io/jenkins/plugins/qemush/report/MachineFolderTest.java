package io.jenkins.plugins.qemush.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.agent.MachineFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFolderTest {
    @TempDir
    Path path;

    @Test
    void whatWasWrittenComesBack() throws IOException {
        MachineFolder folder = new MachineFolder(path.resolve("aarch64"));
        MachineFacts facts = new MachineFacts(
                "aarch64",
                "debian-aarch64",
                "Debian",
                Map.of("disk", "ab"),
                "agent",
                512,
                1,
                "user",
                true,
                true,
                List.of("x"));
        folder.create(facts);
        folder.end(MachineEnd.crashed(new MachineFailure("It panicked.", "console", true)));
        assertThat(folder.facts()).isEqualTo(facts);
        assertThat(folder.end()).contains(new MachineEnd(MachineEnd.Kind.CRASHED, "It panicked.", "console", true));
    }

    @Test
    void filesOfAnotherVersionAreReadAsFarAsTheyGo() throws IOException {
        Files.writeString(path.resolve("machine.json"), "{\"arch\":\"armhf\",\"colour\":\"red\"}");
        Files.writeString(path.resolve("end.json"), "{\"kind\":\"TELEPORTED\"}");
        MachineFolder folder = new MachineFolder(path);
        assertThat(folder.facts().arch()).isEqualTo("armhf");
        assertThat(folder.facts().image()).isEmpty();
        assertThat(folder.end().orElseThrow().kind()).isEqualTo(MachineEnd.Kind.UNKNOWN);
    }

    @Test
    void damagedFileCostsOnlyWhatWasInIt() throws IOException {
        Files.writeString(path.resolve("machine.json"), "{\"arch\":");
        assertThat(new MachineFolder(path).facts()).isEqualTo(MachineFacts.UNKNOWN);
    }

    @Test
    void missingFolderIsAnEmptyOne() {
        MachineFolder folder = new MachineFolder(path.resolve("nowhere"));
        assertThat(folder.facts()).isEqualTo(MachineFacts.UNKNOWN);
        assertThat(folder.end()).isEmpty();
        assertThat(folder.moments()).isEmpty();
    }
}
