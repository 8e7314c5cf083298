package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with what the user gives: one line of cause, one of what to do, exit code 125, nothing left. */
class BadInputTest {
    @TempDir
    private Path folder;

    private Tool tool;
    private Path image;

    @BeforeEach
    void image() throws IOException {
        tool = new Tool(folder);
        image = folder.resolve("an image");
        SampleImage.write(image, "sample", "aarch64", 1024);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(tool.leftovers()).isEmpty();
    }

    private void assertRefused(Tool.Result result, String cause) {
        assertThat(result.err()).contains(cause).startsWith("qemu-sh: ").doesNotContain("\tat ", "Exception", "null");
        assertThat(result.lines()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.status()).isEqualTo(125);
    }

    private Tool.Result run(String... flags) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(flags));
        all.addAll(List.of("--", "true"));
        return tool.run(all.toArray(String[]::new));
    }

    private Tool.Result runImage(String... flags) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--image", image.toString()));
        all.addAll(List.of(flags));
        return run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "run --no-such-flag, --no-such-flag",
        "run --cpus many, --cpus",
        "run --memory, --memory",
        "no-such-verb, no-such-verb",
        "exec, NAME",
        "run --network moon -- true, moon",
        "ps surplus, surplus",
        "image, subcommand"
    })
    void wrongFlagsAreNamedWithTheHelpThatTellsTheRightOnes(String line, String cause) throws Exception {
        Tool.Result result = tool.run(line.split(" "));

        assertRefused(result, cause);
        assertThat(result.err()).containsPattern("See: qemu-sh.* --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v run --cpus many -- true", "run --cpus many -v -- true", "ps --no-such-flag -v"})
    void stackTraceOfAWrongFlagIsShownOnRequest(String line) throws Exception {
        assertThat(tool.run(line.split(" ")).err()).startsWith("qemu-sh: ").contains("\tat ");
    }

    @Test
    void verboseFlagOfTheCommandIsTheCommandsOwn() throws Exception {
        assertRefused(tool.run("run", "--cpus", "many", "--", "grep", "-v"), "--cpus");
    }

    @Test
    void mistypedFlagBringsTheNearest() throws Exception {
        assertThat(run("--no-snapshots").err()).contains("Did you mean --no-snapshot");
    }

    @ParameterizedTest
    @CsvSource({
        "--port 70000, 70000 is no port",
        "--boot-timeout 0, time limit",
        "--timeout -1, time limit",
        "--memory 1, cannot have 1 MB of memory",
        "--memory 999999, cannot have 999999 MB of memory",
        "--cpus 0, cannot have 0 processors",
        "--user ../x, is no name for a user",
        "--user -x, is no name for a user",
        "--name a/b, is no name for a machine",
        "--identity /does/not/exist, /does/not/exist cannot be used as a private key",
        "--env 1X=y, is no name for an environment variable",
        "--env NOT_SET_ANYWHERE, The variable NOT_SET_ANYWHERE is not set",
        "--scratch /does/not/exist, /does/not/exist"
    })
    void impossibleMachineIsRefused(String flags, String cause) throws Exception {
        assertRefused(runImage(flags.split(" ")), cause);
    }

    @Test
    void machineMustBeNamed() throws Exception {
        assertRefused(run(), "Which machine?");
        assertRefused(run("--arch", "risc64"), "the nearest is \"riscv64\"");
        assertRefused(run("--arch", "riscv64", "--pull", "never"), "There is no image for riscv64");
        assertRefused(run("--image", "nothing-like-it"), "nothing-like-it");
        assertRefused(run("--image", folder.toString()), folder.toString());
        assertRefused(run("--kernel", "x"), "needs --arch, --kernel and --disk");
    }

    @Test
    void commandMustBeThere() throws Exception {
        assertRefused(tool.run("run", "--image", image.toString()), "Which command?");
    }

    @Test
    void filesThatAreNoneAreNamed() throws Exception {
        Path kernel = image.resolve("kernel");
        Path text = Files.writeString(folder.resolve("text"), "hello");
        Path truncated =
                Files.write(folder.resolve("cut.qcow2"), new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3, 0});
        String disk = image.resolve("disk.img").toString();

        assertRefused(run("--arch", "aarch64", "--kernel", "/nowhere/kernel", "--disk", disk), "/nowhere/kernel");
        assertRefused(
                run("--arch", "aarch64", "--kernel", kernel.toString(), "--disk", "/nowhere/disk"), "/nowhere/disk");
        assertRefused(
                run("--arch", "aarch64", "--kernel", kernel.toString(), "--disk", folder.toString()),
                folder.toString());
        assertRefused(run("--arch", "aarch64", "--kernel", folder.toString(), "--disk", disk), folder.toString());
        assertRefused(
                run("--arch", "aarch64", "--kernel", kernel.toString(), "--disk", truncated.toString()), "cut.qcow2");
        assertRefused(
                run("--arch", "aarch64", "--kernel", kernel.toString(), "--disk", disk, "--initrd", "/nowhere/i"),
                "/nowhere/i");
        assertRefused(runImage("--identity", text.toString()), "cannot be used as a private key");
        assertRefused(runImage("--identity", folder.toString()), "cannot be used as a private key");
    }

    @Test
    void damagedImageIsNamed() throws Exception {
        Path manifest = image.resolve(Image.MANIFEST);
        String whole = Files.readString(manifest);

        byte[] kernel = Files.readAllBytes(image.resolve("kernel"));
        kernel[kernel.length - 1]++;
        Files.write(image.resolve("kernel"), kernel);
        Tool.Result damaged = runImage();
        assertThat(damaged.err()).contains("is damaged").contains("Remove the image and add it again.");
        assertThat(damaged.status()).isEqualTo(125);

        Files.writeString(image.resolve("kernel"), "short");
        assertRefused(runImage(), "has 5 bytes instead of");

        Files.delete(image.resolve("kernel"));
        assertRefused(runImage(), "is missing");

        Files.writeString(manifest, whole.replace("\"arch\"", "\"bow\""));
        assertRefused(runImage(), "arch");

        Files.writeString(manifest, "{");
        assertRefused(runImage(), "image.json");
    }

    @Test
    void runDirectoryThatCannotBeIsNamed() throws Exception {
        assertRefused(
                tool.with("QEMU_SH_RUN", folder.resolve("x".repeat(100)).toString())
                        .run("run", "--image", image.toString(), "--", "true"),
                "too long for a Unix socket");
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused(
                tool.with("QEMU_SH_RUN", file.resolve("below").toString())
                        .run("run", "--image", image.toString(), "--", "true"),
                "cannot be made");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exec m -- true", "shell m", "logs m", "ssh-config m", "down m", "exec ../m -- true", "down .."})
    void machineThatIsNotThereIsNamed(String line) throws Exception {
        assertRefused(tool.run(line.split(" ")), "There is no machine named");
    }

    @Test
    void stackTraceIsToldToWhoAsksForMore() throws Exception {
        Tool.Result result = tool.run("logs", "-v", "m");

        assertThat(result.err())
                .startsWith("qemu-sh: There is no machine named")
                .contains("\tat " + Main.class.getPackageName());
        assertThat(result.status()).isEqualTo(125);
    }

    @Test
    void downWantsToKnowWhich() throws Exception {
        assertRefused(tool.run("down"), "Which machines?");
        assertRefused(tool.run("down", "--all", "m"), "Which machines?");
        assertThat(tool.run("down", "--all").status()).isZero();
    }

    @Test
    void prepareWantsAKeyAndADiskThatItMayChange() throws Exception {
        assertRefused(tool.run("prepare", "--image", image.toString()), "Whose key");
        Path text = Files.writeString(folder.resolve("text"), "hello");
        assertRefused(
                tool.run("prepare", "--image", image.toString(), "--pubkey", text.toString()), "is no public key");
        Path key = Files.writeString(folder.resolve("key.pub"), "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== me\n");
        assertRefused(
                tool.run("prepare", "--image", image.toString(), "--pubkey", key.toString()),
                "must stay as its image.json describes it");
        assertRefused(runImage("--no-snapshot"), "must stay as its image.json describes it");
        assertThat(image.resolve("disk.img.bak")).doesNotExist();
    }
}
