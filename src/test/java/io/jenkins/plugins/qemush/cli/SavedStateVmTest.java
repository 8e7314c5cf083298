package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.warm.SavedState;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Saved states that must not be used, cannot be made, or are made again. */
@Tag("vm")
class SavedStateVmTest extends WarmSetup {
    private static Path program(String name) throws IOException {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return program.toRealPath();
            }
        }
        throw new AssertionError("no " + name);
    }

    @Test
    void otherQemuBoots() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Files.copy(
                program("qemu-system-aarch64"),
                programs.resolve("qemu-system-aarch64"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Tool upgraded = new Tool(folder)
                .with("QEMU_SH_WARM", "auto")
                .with("PATH", programs + File.pathSeparator + System.getenv("PATH"));

        Tool.Result result = upgraded.run("run", "-vv", "--image", image(), "--", "echo", "well");

        assertThat(result.out()).isEqualTo("well\n");
        assertThat(result.err()).doesNotContain(RESTORED);
        await().untilAsserted(
                        () -> assertThat(states.list()).describedAs(makerLog()).hasSize(2));
        states.discard(state());
    }

    @Test
    void stateThatCannotBeWrittenIsABootInTheSameRunAndLeavesNothing() throws Exception {
        // The saved memory is a file that is larger.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 100000; exec \"$@\"", "sh"));
        command.addAll(Tool.command("run", "--warm", "true", "--cpus", "2", "--image", image(), "--", "echo", "well"));

        Tool.Result result = tool.runWithInput("", command);

        assertThat(result.out()).isEqualTo("well\n");
        assertThat(result.err()).contains("booted, not restored: ");
        assertThat(result.status()).isZero();
        assertThat(states.list()).hasSize(1);
        try (Stream<Path> folders = Files.list(states.root().resolve("states"))) {
            assertThat(folders).hasSize(1);
        }
    }

    @Test
    void memoryThatTheMachineHasNotTouchedIsNotSaved() throws Exception {
        String devices = Files.readString(state().files().devices(), ISO_8859_1);

        // Once in the list of the blocks of memory; a second time would be a page of it.
        assertThat(devices).containsOnlyOnce("virt.flash0").containsOnlyOnce("virt.flash1");
    }

    @Test
    void damagedStateIsNeverUsed() throws Exception {
        SavedState damaged = state();
        try (FileChannel ram = FileChannel.open(damaged.files().ram(), StandardOpenOption.WRITE)) {
            ram.write(ByteBuffer.wrap(new byte[] {1}), 1 << 20);
        }

        Tool.Result result = tool.run("run", "-vv", "--warm", "auto", "--image", image(), "--", "echo", "well");

        assertThat(result.out()).isEqualTo("well\n");
        assertThat(result.err()).doesNotContain(RESTORED);
        await().untilAsserted(
                        () -> assertThat(states.list()).describedAs(makerLog()).isNotEmpty());
    }

    @Test
    void stateThatQemuRefusesIsReplacedByABootInTheSameRun() throws Exception {
        SavedState saved = state();
        Files.write(saved.files().devices(), "no migration stream".getBytes(US_ASCII));
        states.seal(saved.files(), saved.manifest());

        Tool.Result result = run("echo well");

        assertThat(result.out()).isEqualTo("well\n");
        assertThat(result.err()).contains("booted, not restored: ").doesNotContain(" " + RESTORED);
        assertThat(result.status()).isZero();
        await().untilAsserted(
                        () -> assertThat(states.list()).describedAs(makerLog()).isNotEmpty());
    }

    @Test
    void killedMakerLeavesNothingThatIsUsed() throws Exception {
        Process maker = tool.start("image", "warm", "--image", image(), "--cpus", "2");
        await().until(() -> !tool.qemus().isEmpty());

        maker.destroyForcibly().waitFor();

        await().until(() -> tool.qemus().isEmpty());
        assertThat(states.list()).hasSize(1);
    }
}
