package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Conflicts;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Git;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Links;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.SetId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FolderOptionsTest {
    @TempDir
    private Path folder;

    private static List<SharedFolder> parseAll(String... words) throws HostFailure {
        FolderOptions options = new FolderOptions();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
        return options.folders("user");
    }

    private static SharedFolder parse(String... words) throws HostFailure {
        return parseAll(words).get(0);
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
                "--sync",
                folder.toString(),
                "--sync-links",
                "keep",
                "--sync-setid",
                "keep",
                "--sync-git",
                "keep",
                "--on-conflict",
                "fail");
        assertThat(shared.policy().links()).isEqualTo(Links.KEEP);
        assertThat(shared.policy().setId()).isEqualTo(SetId.KEEP);
        assertThat(shared.policy().git()).isEqualTo(Git.KEEP);
        assertThat(shared.policy().conflicts()).isEqualTo(Conflicts.FAIL);
    }

    @Test
    void severalFoldersKeepTheirOrderAndHaveEachFlag() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        Path cache = Files.createDirectory(folder.resolve("cache"));

        List<SharedFolder> both = parseAll(
                "--sync",
                source.toString(),
                "--sync",
                cache + ":/home/user/.cache",
                "--sync-exclude",
                "*.o",
                "--sync-mode",
                "tar");

        assertThat(both).extracting(SharedFolder::host).containsExactly(source, cache);
        assertThat(both)
                .extracting(SharedFolder::guestDirectory)
                .containsExactly(source.toString(), "/home/user/.cache");
        assertThat(both).allMatch(shared -> shared.excludes().equals(List.of("*.o")) && shared.mode() == SyncMode.TAR);
        assertThat(parseAll()).isEmpty();
    }

    @Test
    void theOneDiskIsInsistedOnForTheFirstFolder() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        Path cache = Files.createDirectory(folder.resolve("cache"));

        assertThat(parseAll("--sync", source.toString(), "--sync", cache.toString(), "--sync-mode", "disk"))
                .extracting(SharedFolder::mode)
                .containsExactly(SyncMode.DISK, SyncMode.AUTO);
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, files in common",
        "a, a/b, files in common",
        "a/b, a, files in common",
        "a, link, files in common",
        "a:/work, c:/work, would hide",
        "a:/work, c:/work/, would hide",
        "a:/work, c:/work/cache, would hide",
        "a:/work/x/.., c:/work, would hide"
    })
    void foldersThatLieWithinOneAnotherAreRefused(String one, String other, String why) throws Exception {
        makeFolders();

        assertThatThrownBy(() -> parseAll("--sync", folder + "/" + one, "--sync", folder + "/" + other))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"a, c", "a, ab", "a/b, c", "a:/work, c:/work2", "a:/c, c:/a"})
    void foldersBesideOneAnotherAreTaken(String one, String other) throws Exception {
        makeFolders();

        assertThat(parseAll("--sync", folder + "/" + one, "--sync", folder + "/" + other))
                .hasSize(2);
    }

    private void makeFolders() throws IOException {
        for (String name : List.of("a/b", "ab", "c")) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));
    }
}
