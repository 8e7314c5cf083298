package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.image.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that nobody has made yet: {@code run} makes it. The builder is a script here that copies a sample. */
class PullTest {
    private static final String ARCH = "s390x";

    @TempDir
    private Path folder;

    private Tool tool;

    @BeforeEach
    void builder() throws IOException {
        SampleImage.write(folder.resolve("sample"), "debian-" + ARCH, ARCH, 1024);
        Files.createDirectory(folder.resolve("bin"));
        builder(
                """
                echo "debian-s390x: fetching packages" >&2
                while [ "$1" != --output ]; do shift; done
                echo "$2" >> "$0.calls"
                until [ -e "$0.go" ]; do sleep 0.1; done
                cp -R "${0%/*/*}/sample" "$2"
                """);
        tool = new Tool(folder.resolve("tool")).with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    }

    /** What is run in the place of the builder's bash. */
    private void builder(String script) throws IOException {
        script("bash", script);
    }

    private void script(String name, String script) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\nset -eu\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void go() throws IOException {
        Files.createFile(folder.resolve("bin/bash.go"));
    }

    private List<String> builds() throws IOException {
        Path calls = folder.resolve("bin/bash.calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** The sample does not boot; what becomes of it shows that a machine was tried. */
    private Process run(String... flags) throws IOException {
        List<String> words = new ArrayList<>(List.of("run", "--user", "NO NAME"));
        words.addAll(List.of(flags));
        words.addAll(List.of("--", "id"));
        return tool.start(words.toArray(String[]::new));
    }

    private static void awaitLine(Process process, String part) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = 0;
        while (next >= 0 && line.indexOf(part) < 0) {
            next = process.getErrorStream().read();
            line.append((char) next);
        }
        assertThat(line).contains(part);
    }

    private static String words(Process process) throws Exception {
        Tool.Result result = Tool.await(process, "");
        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err()).doesNotContain("\tat ", "Exception");
        return result.err();
    }

    @Test
    void aMissingImageIsMadeOnceForAllWhoWait() throws Exception {
        Process first = run("--arch", ARCH);
        awaitLine(first, "fetching packages");
        Process second = run("--image", "debian-s390x");
        Process third = run("--arch", ARCH, "--pull", "always");
        awaitLine(second, "wait for another");
        awaitLine(third, "wait for another");
        go();

        assertThat(words(first)).contains("no name for a user");
        assertThat(words(second)).contains("no name for a user");
        assertThat(words(third)).contains("no name for a user");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aPresentImageIsNotMadeAgain() throws Exception {
        go();
        words(run("--arch", ARCH));

        assertThat(words(run("--arch", ARCH))).doesNotContain("fetching packages");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void alwaysMakesThePresentImageAnew() throws Exception {
        go();
        words(run("--arch", ARCH));

        assertThat(words(run("--arch", ARCH, "--pull", "always"))).contains("with the newest packages");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void neverTellsHowToMakeOne() throws Exception {
        assertThat(words(run("--arch", ARCH, "--pull", "never")))
                .contains("There is no image for s390x", "qemu-sh image build --arch s390x");
        assertThat(words(run("--image", "debian-s390x", "--pull", "never"))).contains("There is no image");
        assertThat(builds()).isEmpty();
    }

    @Test
    void imagesOfOtherNamesAndArchitecturesAreNotMade() throws Exception {
        assertThat(words(run("--image", "mine"))).contains("There is no image \"mine\"");
        assertThat(words(run("--arch", "mips32"))).contains("There is no image for mips32");
        assertThat(builds()).isEmpty();
    }

    @Test
    void aFailedBuildTellsWhyAndLeavesNothing() throws Exception {
        builder("echo 'missing on this host: mmdebstrap' >&2; exit 69");

        assertThat(words(run("--arch", ARCH))).contains("missing on this host: mmdebstrap", "Install what is missing");
        try (Stream<Path> left = Files.list(folder.resolve("tool/home/images"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly(".locks");
        }
    }

    @Test
    void theBuilderEndsWithTheProcessThatWantedTheImage() throws Exception {
        Files.delete(folder.resolve("bin/bash"));
        script("mmdebstrap", "echo $$ > \"$0.pid\"; exec sleep 1000");
        Path pid = folder.resolve("bin/mmdebstrap.pid");
        Process killed = tool.with("XDG_CACHE_HOME", folder + "/cache").start("run", "--arch", ARCH, "--", "id");
        await().until(() -> Files.exists(pid) && !Files.readString(pid).isEmpty());
        ProcessHandle builder =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

        killed.destroyForcibly();

        await().until(() -> !builder.isAlive());
    }

    /** Needs a Debian mirror and the builder's host tools. */
    @Test
    @Tag("vm")
    void aHostWithoutAnImageRunsACommand() throws Exception {
        try (Tool fresh = new Tool(folder.resolve("fresh"))) {
            Tool.Result result = fresh.run("run", "--arch", "aarch64", "--", "uname", "-m");

            assertThat(result.out()).isEqualTo("aarch64\n");
            assertThat(result.err()).contains("debian-aarch64: making the image, once");
        }
    }
}
