package io.jenkins.plugins.qemush.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.qemush.engine.warm.SavedState;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.StateLimits;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that are restored instead of booted. */
@Tag("vm")
class WarmVmTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CLONES = 20;
    private static final String RESTORED = "RESTORED";

    @TempDir
    private static Path folder;

    private static Tool tool;
    private static SavedStates states;

    @BeforeAll
    static void tool() {
        tool = new Tool(folder).with("QEMU_SH_WARM", "auto");
        states = new SavedStates(folder.resolve("home").resolve("warm"), StateLimits.DEFAULT);
    }

    @BeforeEach
    void save() throws Exception {
        if (states.list().isEmpty()) {
            assertThat(tool.run("image", "warm", "--image", image()).status()).isZero();
        }
    }

    @AfterEach
    void nothingStaysBehind() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tool.leftovers()).isEmpty());
    }

    private static String image() throws Exception {
        return TestImages.folder("aarch64").toString();
    }

    private static SavedState state() throws IOException {
        return states.list().get(0);
    }

    private static Path program(String name) throws IOException {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return program.toRealPath();
            }
        }
        throw new AssertionError("no " + name);
    }

    /** Why there is no state. */
    private static String makerLog() throws IOException {
        Path log = states.root().resolve("maker.log");
        return Files.exists(log) ? Files.readString(log) : "no " + log;
    }

    private static Tool.Result run(String script) throws Exception {
        return tool.run("run", "-vv", "--image", image(), "--", "sh", "-c", script);
    }

    @Test
    void restoredMachinesShareNeitherRandomnessNorNamesNorKeys() throws Exception {
        String secrets =
                """
                echo $(od -An -v -tx1 -N32 /dev/urandom)
                cat /proc/sys/kernel/random/uuid /proc/sys/kernel/random/boot_id
                ssh-keygen -q -t ed25519 -N '' -C '' -f k; cat k.pub
                hostname
                cat .ssh/authorized_keys
                date +%s
                """;
        List<Process> runs = new ArrayList<>();
        for (int i = 0; i < CLONES; i++) {
            runs.add(tool.start("run", "-vv", "--image", image(), "--", "sh", "-c", secrets));
        }
        List<List<String>> answers = new ArrayList<>();
        for (Process run : runs) {
            Tool.Result result = Tool.await(run, "");
            assertThat(result.err()).contains(RESTORED);
            answers.add(result.out().lines().filter(line -> !line.isBlank()).toList());
        }

        int clock = 6;
        for (int line : IntStream.range(0, clock).toArray()) {
            assertThat(answers).extracting(answer -> answer.get(line)).doesNotHaveDuplicates();
        }
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer).hasSize(clock + 1);
            assertThat(Long.parseLong(answer.get(clock)))
                    .isBetween(
                            Instant.now().minusSeconds(60).getEpochSecond(),
                            Instant.now().plusSeconds(1).getEpochSecond());
        });
    }

    @Test
    void clockOfARestoredMachineIsTheHosts() throws Exception {
        Process run = tool.start("run", "--image", image(), "--", "sh", "-c", "date +%s; read line || true");
        double guest = Double.parseDouble(run.inputReader().readLine());
        double host = System.currentTimeMillis() / 1000.0;
        run.getOutputStream().close();

        assertThat(run.waitFor()).isZero();
        // A command's output takes its time on a loaded host, and the guest tells whole seconds.
        assertThat(guest).isBetween(host - 3, host + 1);
    }

    @Test
    void folderEntersARestoredMachineAndComesBack() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.writeString(shared.resolve("question"), "hello");

        Tool.Result result = tool.run(
                "run",
                "-vv",
                "--image",
                image(),
                "--sync",
                shared.toString(),
                "--",
                "sh",
                "-c",
                "cat question; echo done >answer");

        assertThat(result.err()).contains(RESTORED);
        assertThat(result.out()).isEqualTo("hello");
        assertThat(shared.resolve("answer")).hasContent("done");
    }

    @Test
    void otherMemoryOrUserOrArgumentIsAnotherMachine() throws Exception {
        Tool.Result result = tool.run(
                "run",
                "-vv",
                "--boot-timeout",
                "179",
                "--warm",
                "auto",
                "--memory",
                "300",
                "--image",
                image(),
                "--",
                "sh",
                "-c",
                "exit 3");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).doesNotContain(RESTORED);
        // Behind a boot its state is made, in the background.
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(states.list()).describedAs(makerLog()).hasSize(2));
        Tool.Result again = tool.run("run", "-vv", "--memory", "300", "--image", image(), "--", "echo", "well");
        assertThat(again.err()).contains(RESTORED);
        assertThat(again.out()).isEqualTo("well\n");
        states.discard(state());
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
        await().atMost(PATIENCE)
                .untilAsserted(
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
    void damagedStateIsNeverUsed() throws Exception {
        SavedState damaged = state();
        try (FileChannel ram = FileChannel.open(damaged.files().ram(), StandardOpenOption.WRITE)) {
            ram.write(ByteBuffer.wrap(new byte[] {1}), 1 << 20);
        }

        Tool.Result result = tool.run("run", "-vv", "--warm", "auto", "--image", image(), "--", "echo", "well");

        assertThat(result.out()).isEqualTo("well\n");
        assertThat(result.err()).doesNotContain(RESTORED);
        await().atMost(PATIENCE)
                .untilAsserted(
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
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(states.list()).describedAs(makerLog()).isNotEmpty());
    }

    @Test
    void killedMakerLeavesNothingThatIsUsed() throws Exception {
        Process maker = tool.start("image", "warm", "--image", image(), "--cpus", "2");
        await().atMost(PATIENCE).until(() -> !tool.qemus().isEmpty());

        maker.destroyForcibly().waitFor();

        await().atMost(PATIENCE).until(() -> tool.qemus().isEmpty());
        assertThat(states.list()).hasSize(1);
    }

    @Test
    void savedMachineKnowsNobodysKey() throws Exception {
        assertThat(run("grep -c . .ssh/authorized_keys; cat /proc/cmdline").out())
                .startsWith("1\n")
                .doesNotContain("qemush.key");
    }
}
