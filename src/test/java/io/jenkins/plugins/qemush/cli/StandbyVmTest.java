package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.testing.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that stand by until somebody takes them. */
@Tag("vm")
class StandbyVmTest {
    private static final String TOOK = "took a machine that stood by";
    private static final int POOL = 2;

    @TempDir
    private static Path folder;

    private Tool tool;
    private Process keeper;

    @BeforeEach
    void keep() throws Exception {
        // For two machines of 512 MB with what QEMU takes, and no more.
        tool = new Tool(folder).with("QEMU_SH_WARM", "auto").with("QEMU_SH_MEMORY", "1400");
        keeper = tool.start("image", "warm", "--image", image(), "--pool", Integer.toString(POOL));
        awaitPool();
    }

    @AfterEach
    void nothingStaysBehind() throws Exception {
        keeper.destroyForcibly().waitFor();
        await().untilAsserted(() -> assertThat(tool.leftovers()).isEmpty());
    }

    private static String image() throws Exception {
        return TestImages.folder("aarch64").toString();
    }

    private void awaitPool() {
        await().until(() -> standing().size() == POOL);
    }

    private List<Path> standing() throws Exception {
        List<Path> standing = new ArrayList<>();
        if (!Files.exists(folder.resolve("q"))) {
            return standing;
        }
        try (Stream<Path> entries = Files.list(folder.resolve("q"))) {
            for (Path directory : entries.toList()) {
                Path events = directory.resolve("events.jsonl");
                if (Files.exists(directory.resolve("standby"))
                        && Files.exists(events)
                        && Files.readString(events).contains("stands_by")) {
                    standing.add(directory);
                }
            }
        }
        return standing;
    }

    private Process start(String script) throws Exception {
        return tool.start("run", "-v", "--image", image(), "--", "sh", "-c", script);
    }

    @Test
    void machineThatStoodByIsTakenOnceAndTheNextIsMade() throws Exception {
        List<Tool.Result> results = new ArrayList<>();
        for (int i = 0; i < POOL + 1; i++) {
            awaitPool();
            results.add(Tool.await(start("cat /proc/sys/kernel/random/boot_id; exit 3"), ""));
        }

        assertThat(results).extracting(Tool.Result::out).doesNotHaveDuplicates();
        assertThat(results).allSatisfy(result -> {
            assertThat(result.err()).contains(TOOK);
            assertThat(result.status()).isEqualTo(3);
        });
    }

    @Test
    void nobodySeesThemBeforeTheyAreTaken() throws Exception {
        assertThat(tool.run("ps").lines()).isZero();
        assertThat(tool.run("ps").out().lines()).hasSize(1);
        String name = tool.run("up", "--image", image()).out().strip();

        assertThat(name).startsWith("standby-");
        assertThat(tool.run("ps").out()).contains(name);
        assertThat(tool.run("down", "--all").status()).isZero();
    }

    @Test
    void otherMachineIsNotTakenForThem() throws Exception {
        Tool.Result result = tool.run("run", "-v", "--user", "other", "--image", image(), "--", "id", "-un");

        assertThat(result.out()).isEqualTo("other\n");
        assertThat(result.err()).doesNotContain(TOOK);
    }

    @Test
    void limitsOfATakenMachineAreThoseOfItsTaker() throws Exception {
        Tool.Result result =
                tool.run("run", "-v", "--timeout", "2", "--image", image(), "--", "sh", "-c", "echo up; sleep 1000");

        assertThat(result.err()).contains(TOOK).contains("ran longer than its limit of 2 s");
        assertThat(result.status()).isEqualTo(125);
    }

    @Test
    void theyMakeRoomForAMachineThatWaits() throws Exception {
        Tool.Result result =
                tool.run("run", "--warm", "false", "--memory", "1200", "--image", image(), "--", "echo", "well");

        assertThat(result.out()).isEqualTo("well\n");
    }

    @Test
    void takenMachineEndsWithItsKilledTaker() throws Exception {
        Process run = start("echo up; sleep 1000");
        assertThat(run.inputReader().readLine()).isEqualTo("up");
        Path taken = folder.resolve("q").resolve(run.errorReader().readLine().replaceAll(".*: ", ""));
        assertThat(taken).isDirectory();

        run.destroyForcibly().waitFor();

        await().until(() -> Files.notExists(taken));
    }

    @Test
    void folderEntersATakenMachineAndComesBack() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.writeString(shared.resolve("question"), "hello");

        Tool.Result result = tool.run(
                "run",
                "-v",
                "--image",
                image(),
                "--sync",
                shared.toString(),
                "--",
                "sh",
                "-c",
                "cat question; echo done >answer");

        assertThat(result.err()).contains(TOOK);
        assertThat(result.out()).isEqualTo("hello");
        assertThat(shared.resolve("answer")).hasContent("done");
    }
}
