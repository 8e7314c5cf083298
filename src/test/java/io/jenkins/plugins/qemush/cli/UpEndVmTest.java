package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a machine that was to stay ends, nothing of it is left. */
@Tag("vm")
class UpEndVmTest {

    @TempDir
    private Path folder;

    private Tool tool;

    @BeforeEach
    void tool() {
        tool = new Tool(folder);
    }

    @AfterEach
    void nothingStaysBehind() throws Exception {
        assertThat(tool.leftovers()).isEmpty();
        tool.close();
    }

    private static String image() throws Exception {
        return TestImages.folder("aarch64").toString();
    }

    @Test
    void machineIsEndedWhileItBoots() throws Exception {
        assertThat(tool.run("up", "--no-wait", "--name", "booting", "--image", image())
                        .status())
                .isZero();

        Tool.Result result = tool.run("down", "booting");

        assertThat(result).isEqualTo(new Tool.Result(0, "", ""));
        assertThat(tool.runDirectory("booting")).doesNotExist();
    }

    @Test
    void machineWhoseSupervisorWasKilledIsDeadAndSaysSo() throws Exception {
        tool.run("up", "--no-wait", "--name", "orphan", "--image", image());
        Path description = tool.runDirectory("orphan").resolve("vm.json");
        await().until(() -> Files.exists(description));
        JsonObject vm = JsonParser.parseString(Files.readString(description)).getAsJsonObject();

        ProcessHandle.of(vm.get("supervisor").getAsLong()).orElseThrow().destroyForcibly();

        await().until(() -> ProcessHandle.of(vm.get("qemu").getAsLong())
                .filter(ProcessHandle::isAlive)
                .isEmpty());
        await().untilAsserted(() -> {
            Tool.Result result = tool.run("exec", "orphan", "--", "true");
            assertThat(result.status()).isEqualTo(125);
            assertThat(result.err()).contains("The supervisor of this machine was killed.");
        });
        assertThat(tool.run("ps").out()).containsPattern("orphan .*dead");
        assertThat(tool.run("down", "orphan").status()).isZero();
        assertThat(tool.runDirectory("orphan")).doesNotExist();
    }

    @Test
    void idleMachineEndsByItself() throws Exception {
        tool.run("up", "--name", "idle", "--image", image(), "--idle-timeout", "2");

        await().until(() -> Files.notExists(tool.runDirectory("idle")));
    }

    @Test
    void severalInARowLeaveNothing() throws Exception {
        for (int i : IntStream.range(0, 3).toArray()) {
            String name = "row" + i;
            assertThat(tool.run("up", "--name", name, "--image", image()).status())
                    .isZero();
            assertThat(tool.run("down", name).status()).isZero();
            assertThat(tool.runDirectory(name)).doesNotExist();
        }
    }
}
