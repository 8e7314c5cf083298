package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines on a host that has memory for one of them. */
@Tag("vm")
class AdmissionVmTest {
    private static final String WAITS = "waits for memory: it wants 640 MB, ";

    @TempDir
    private Path folder;

    private Tool tool;
    private Process first;

    @BeforeEach
    void oneRuns() throws Exception {
        tool = new Tool(folder).with("QEMU_SH_MEMORY", "800");
        first = start("echo up; read line || true");
        assertThat(first.inputReader().readLine()).isEqualTo("up");
    }

    @AfterEach
    void nothingStaysBehind() throws Exception {
        first.getOutputStream().close();
        assertThat(first.waitFor()).isZero();
        await().untilAsserted(() -> assertThat(tool.leftovers()).isEmpty());
    }

    private Process start(String script) throws Exception {
        return tool.start(
                "run",
                "--memory",
                "512",
                "--image",
                TestImages.folder("aarch64").toString(),
                "--",
                "sh",
                "-c",
                script);
    }

    @Test
    void secondMachineSaysThatItWaitsAndRunsWhenTheFirstHasEnded() throws Exception {
        Process second = start("echo second");
        try (BufferedReader err = second.errorReader()) {
            assertThat(err.readLine()).contains(WAITS).contains("machines that run: 1");
            assertThat(tool.qemus()).hasSize(1);
            first.getOutputStream().close();

            assertThat(second.inputReader().readLine()).isEqualTo("second");
        }
        assertThat(second.waitFor()).isZero();
    }

    @Test
    void waitEndsWithAnInterruptFromTheKeyboard() throws Exception {
        Process second = start("echo second");
        assertThat(second.errorReader().readLine()).contains(WAITS);

        new ProcessBuilder("kill", "-INT", Long.toString(second.pid())).start().waitFor();

        assertThat(second.waitFor()).isNotZero();
        assertThat(second.inputReader().readLine()).isNull();
        assertThat(tool.leftovers())
                .filteredOn(left -> !left.contains("qemu-system-"))
                .hasSize(1);
    }

    @Test
    void machineInTheBackgroundWaitsAndCanBeEnded() throws Exception {
        Process up = tool.start(
                "up",
                "--name",
                "later",
                "--memory",
                "512",
                "--image",
                TestImages.folder("aarch64").toString());
        assertThat(up.errorReader().readLine()).contains(WAITS);
        assertThat(tool.run("ps").out()).containsPattern("later .* waiting ");

        assertThat(tool.run("down", "later").status()).isZero();

        assertThat(up.waitFor()).isEqualTo(Main.FAILED);
        assertThat(Files.exists(tool.runDirectory("later"))).isFalse();
    }

    @Test
    void killedWaiterMakesRoomForTheNext() throws Exception {
        Process second = start("echo second");
        assertThat(second.errorReader().readLine()).contains(WAITS);
        Process third = start("echo third");
        assertThat(third.errorReader().readLine()).contains("that wait longer: 1");

        second.destroyForcibly().waitFor();
        first.getOutputStream().close();

        assertThat(third.inputReader().readLine()).isEqualTo("third");
        assertThat(third.waitFor()).isZero();
        assertThat(tool.run("down", "--all").status()).isZero();
    }
}
