package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that commands of one machine share with the host, and what the exit code says of them. */
@Tag("vm")
class FilesVmTest {
    @TempDir
    private static Path folder;

    private static Tool tool;
    private static int shares;

    private Path shared;

    @BeforeAll
    static void up() throws Exception {
        tool = new Tool(folder);
        assertThat(tool.run(
                                "up",
                                "--name",
                                "m",
                                "--image",
                                TestImages.folder("aarch64").toString())
                        .status())
                .isZero();
    }

    @AfterAll
    static void down() throws Exception {
        tool.close();
    }

    @BeforeEach
    void share() throws IOException {
        shared = Files.createDirectory(folder.resolve("shared " + shares++));
    }

    private Tool.Result exec(String script, String... flags) throws Exception {
        List<String> words = new ArrayList<>(List.of("exec", "--sync", shared.toString()));
        words.addAll(List.of(flags));
        words.addAll(List.of("m", "--", "sh", "-ec", script));
        return tool.run(words.toArray(String[]::new));
    }

    @Test
    void linkOutOfTheFolderIsAWarningAndTheCodeIsTheCommands() throws Exception {
        Tool.Result result = exec("ln -s /usr/bin/python3 python; echo here >file");
        assertThat(result.status()).isZero();
        assertThat(result.err()).startsWith("qemu-sh: warning: ").contains("'python' -> '/usr/bin/python3'");
        assertThat(shared.resolve("file")).hasContent("here");
        assertThat(exec("exit 7")).as("told once").isEqualTo(new Tool.Result(7, "", ""));
        assertThat(exec("true", "--sync-links", "keep").err()).isEmpty();
        assertThat(shared.resolve("python")).isSymbolicLink();
    }

    /** Here the host has something in the way, which not even root may remove. */
    @Test
    void filesThatCannotComeBackLeaveTheCodeOfACommandThatFailed() throws Exception {
        Tool.Result result = exec("mkdir d; echo x >d/x; rm -r d; echo d >d; exit 3", "--sync-exclude", "d/kept");
        assertThat(result).isEqualTo(new Tool.Result(3, "", ""));
        Files.delete(shared.resolve("d"));
        Files.writeString(Files.createDirectory(shared.resolve("d")).resolve("kept"), "of the host");

        Tool.Result inTheWay = exec("rm -r d; echo d >d; exit 4", "--sync-exclude", "d/kept");

        assertThat(inTheWay.status()).isEqualTo(4);
        assertThat(inTheWay.err()).contains("'d'").doesNotContain("console");
    }

    @Test
    void filesThatCannotComeBackAreAFailureBehindACommandThatSucceeded() throws Exception {
        Files.writeString(Files.createDirectory(shared.resolve("d")).resolve("kept"), "of the host");

        Tool.Result result = exec("rm -r d; echo d >d; echo fine >fine", "--sync-exclude", "d/kept");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err()).contains("The command succeeded, but", "'d'").doesNotContain("console");
        assertThat(shared.resolve("fine")).exists();
    }

    @Test
    void commandRunsInTheFirstOfSeveralFoldersAndAllComeBack() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Files.writeString(cache.resolve("kept"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link to cache"), cache);

        Tool.Result result = exec(
                "pwd; cat ~/.cache/kept; echo x >made; echo y >~/.cache/made; ln -s /etc ~/.cache/etc; exit 5",
                "--sync",
                cache + ":/home/user/.cache");

        assertThat(result.out()).isEqualTo(shared + "\nkept");
        assertThat(result.status()).isEqualTo(5);
        assertThat(result.err())
                .startsWith("qemu-sh: warning: " + cache + ": Left in the guest")
                .hasLineCount(1);
        assertThat(shared.resolve("made")).hasContent("x");
        assertThat(cache.resolve("made")).hasContent("y");
        assertThat(exec("pwd", "--sync", link + ":/home/user/other", "--sync", cache.toString()))
                .isEqualTo(new Tool.Result(
                        125,
                        "",
                        "qemu-sh: The folders " + link + " and " + cache
                                + " have files in common: one is the other or within it.\n"
                                + "  Leave one of them out.\n"));
    }
}
