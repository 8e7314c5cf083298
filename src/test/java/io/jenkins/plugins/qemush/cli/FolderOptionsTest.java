package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Conflicts;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Links;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.SetId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FolderOptionsTest {
    @TempDir
    private Path folder;

    private static SharedFolder parse(String... words) throws HostFailure {
        FolderOptions options = new FolderOptions();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
        return options.folder("user").orElseThrow();
    }

    @Test
    void folderIsAtTheSamePlaceInTheGuestUnlessToldOtherwise() throws Exception {
        assertThat(parse("--sync", folder.toString()).guestDirectory()).isEqualTo(folder.toString());
        assertThat(parse("--sync", folder + ":/work").guestDirectory()).isEqualTo("/work");
        assertThat(parse("--sync", folder + ":/work").host()).isEqualTo(folder);
    }

    @Test
    void placeInTheGuestMustBeginWithASlash() {
        assertThatThrownBy(() -> parse("--sync", folder + ":work"))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("GUESTDIR must begin with /");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/etc", "/etc/", "//usr", "/usr/bin", "/dev", "/proc/self", "/var/lib"})
    void noFolderHidesWhatTheGuestNeeds(String place) {
        assertThatThrownBy(() -> parse("--sync", folder + ":" + place)).isInstanceOf(HostFailure.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/var/lib/jenkins/workspace/x", "/home/me", "/srv", "/opt/x", "/root/x", "/usr/src/x"})
    void otherPlacesAreFree(String place) throws Exception {
        assertThat(parse("--sync", folder + ":" + place).guestDirectory()).isEqualTo(place);
    }

    @Test
    void choicesAreTaken() throws Exception {
        SharedFolder shared = parse(
                "--sync", folder.toString(), "--sync-links", "keep", "--sync-setid", "keep", "--on-conflict", "fail");
        assertThat(shared.policy().links()).isEqualTo(Links.KEEP);
        assertThat(shared.policy().setId()).isEqualTo(SetId.KEEP);
        assertThat(shared.policy().conflicts()).isEqualTo(Conflicts.FAIL);
    }
}
