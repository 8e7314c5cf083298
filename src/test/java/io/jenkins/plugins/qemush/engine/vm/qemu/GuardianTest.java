package io.jenkins.plugins.qemush.engine.vm.qemu;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.supervisor.FailureFile;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell around QEMU; a sleeping shell stands for QEMU. */
@Timeout(60)
class GuardianTest {
    @TempDir
    private Path folder;

    private RunDirectory directory;
    private Path pid;

    @BeforeEach
    void runDirectory() throws IOException {
        directory = RunRoot.at(folder.resolve("a, 'b'")).create("m");
        pid = folder.resolve("pid");
    }

    private static String script() throws IOException {
        try (InputStream in = QemuProcess.class.getResourceAsStream("guardian.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Process start(String atDeath, String qemu) throws IOException {
        return new ProcessBuilder(List.of(
                        "sh", "-c", script(), "guardian", directory.path().toString(), atDeath, "sh", "-c", qemu))
                .start();
    }

    /** A QEMU that ignores every signal that can be ignored. */
    private String endless() {
        return "trap '' TERM INT HUP; echo $$ >'" + pid + ".new'; mv '" + pid + ".new' '" + pid
                + "'; while :; do sleep 1; done";
    }

    private ProcessHandle qemu() throws IOException {
        await().until(() -> Files.exists(pid));
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 42})
    void statusIsQemusOwn(int status) throws Exception {
        Process guardian = start("remove", "exit " + status);

        assertThat(guardian.waitFor()).isEqualTo(status);
        assertThat(directory.path()).exists();
    }

    @Test
    void killedQemuIsToldAsAShellDoes() throws Exception {
        Process guardian = start("remove", endless());
        qemu().destroyForcibly();

        assertThat(guardian.waitFor()).isEqualTo(128 + 9);
        assertThat(directory.path()).exists();
    }

    @Test
    void lineEndsQemuAndNothingElse() throws Exception {
        Process guardian = start("remove", endless());
        ProcessHandle qemu = qemu();

        guardian.outputWriter().append("kill\n").flush();

        guardian.waitFor();
        assertThat(qemu.isAlive()).isFalse();
        assertThat(directory.path()).exists();
    }

    @Test
    void endOfTheSupervisorEndsQemuAndRemovesTheDirectory() throws Exception {
        Process guardian = start("remove", endless());
        ProcessHandle qemu = qemu();

        guardian.getOutputStream().close();

        guardian.waitFor();
        assertThat(qemu.isAlive()).isFalse();
        await().until(() -> Files.notExists(directory.path()));
    }

    @Test
    void endOfTheSupervisorIsToldToWhoeverAsks() throws Exception {
        Process guardian = start("tell", endless());
        ProcessHandle qemu = qemu();

        guardian.getOutputStream().close();

        guardian.waitFor();
        assertThat(qemu.isAlive()).isFalse();
        await().until(() -> Files.exists(directory.path().resolve("failure")));
        await().untilAsserted(() -> assertThat(new FailureFile(directory).read())
                .isInstanceOf(HostFailure.class)
                .hasMessage("The supervisor of this machine was killed."));
    }

    @Test
    void signalsOfTheTerminalDoNotEndTheGuardian() throws Exception {
        Process guardian = start("remove", endless());
        ProcessHandle qemu = qemu();
        for (String signal : List.of("INT", "HUP", "TERM")) {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(guardian.pid()))
                    .start()
                    .waitFor();
        }

        assertThat(guardian.isAlive()).isTrue();
        assertThat(qemu.isAlive()).isTrue();

        guardian.getOutputStream().close();
        guardian.waitFor();
    }
}
