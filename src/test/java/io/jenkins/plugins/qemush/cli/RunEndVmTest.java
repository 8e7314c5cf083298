package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.testing.TestImages;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However {@code qemu-sh run} is ended from outside, its machine goes with it. */
@Tag("vm")
@Timeout(300)
class RunEndVmTest {

    @TempDir
    private Path folder;

    private Tool tool;

    @BeforeEach
    void tool() {
        tool = new Tool(folder);
    }

    @AfterEach
    void nothingStaysBehind() throws Exception {
        await().untilAsserted(() -> assertThat(tool.leftovers()).isEmpty());
        tool.close();
    }

    private static String image() throws Exception {
        return TestImages.folder("aarch64").toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP", "KILL"})
    void signalEndsTheMachine(String signal) throws Exception {
        Process run = tool.start("run", "--name", "s", "--image", image(), "--", "sh", "-c", "echo up; sleep 1000");
        assertThat(run.inputReader().readLine()).isEqualTo("up");

        new ProcessBuilder("kill", "-" + signal, String.valueOf(run.pid()))
                .start()
                .waitFor();

        assertThat(run.waitFor()).isNotZero();
        if (!signal.equals("KILL")) {
            assertThat(tool.qemus()).isEmpty();
            assertThat(tool.runDirectory("s")).doesNotExist();
        }
    }

    @Test
    void signalDuringTheBootEndsTheMachine() throws Exception {
        Process run = tool.start("run", "--name", "s", "--image", image(), "--", "true");
        await().until(() -> !tool.qemus().isEmpty());

        run.destroy();

        assertThat(run.waitFor()).isEqualTo(128 + 15);
    }

    @Test
    void readerThatLeavesEndsTheRunWithoutAStackTrace() throws Exception {
        Process run = tool.start("run", "--image", image(), "--", "yes");
        assertThat(run.inputReader().readLine()).isEqualTo("y");
        run.getInputStream().close();

        assertThat(run.errorReader().lines()).hasSize(2).first().asString().contains("could not be written");
        assertThat(run.waitFor()).isEqualTo(125);
    }
}
