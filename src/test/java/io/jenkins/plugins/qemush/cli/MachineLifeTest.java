package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.testing.TestImages;
import io.jenkins.plugins.qemush.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines through the command line, from their start to the last trace of them. */
@Tag("vm")
class MachineLifeTest {
    @TempDir
    Path temp;

    private Tool tool;
    private Image image;

    @BeforeEach
    void prepare() throws Exception {
        tool = Tool.create();
        image = TestImages.of("aarch64");
    }

    @AfterEach
    void nothingStaysBehind() throws Exception {
        assertThat(tool.remains()).isEmpty();
    }

    private Tool.Result run(String... command) throws Exception {
        List<String> line =
                new ArrayList<>(List.of("run", "--image", image.folder().toString()));
        line.addAll(List.of(command));
        return tool.run(line.toArray(String[]::new));
    }

    @Test
    void commandsExitCodeAndStreamsArrive() throws Exception {
        Tool.Result result = run("-e", "A=x 'y'\n$z", "--", "sh", "-c", "printf %s \"$A\"; echo oops >&2; exit 42");
        assertThat(result).isEqualTo(new Tool.Result(42, "x 'y'\n$z", "oops\n"));
    }

    @Test
    void sharedFolderComesBackWithItsChanges() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("a päth, with all"));
        Files.writeString(folder.resolve("in"), "hello");
        Tool.Result result = run("--sync", folder.toString(), "--", "sh", "-c", "tr a-z A-Z <in >out; rm in; exit 7");
        assertThat(result.status()).as(result.err()).isEqualTo(7);
        assertThat(folder.resolve("out")).hasContent("HELLO");
        assertThat(folder.resolve("in")).doesNotExist();
    }

    @Test
    void eightAtOnceShareNothingButTheImage() throws Exception {
        List<Tool.Running> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(tool.start(
                    Map.of(),
                    List.of(),
                    "run",
                    "--memory",
                    "256",
                    "--image",
                    image.folder().toString(),
                    "--",
                    "sh",
                    "-c",
                    "echo " + i + " >/tmp/mine; cat /tmp/mine; exit " + i));
        }
        for (int i = 0; i < 8; i++) {
            assertThat(all.get(i).await()).isEqualTo(new Tool.Result(i, i + "\n", ""));
        }
    }

    @Test
    void machineThatStaysCanBeUsedInEveryWay() throws Exception {
        assertThat(tool.run("up", "--name", "r", "--image", image.folder().toString())
                        .out())
                .isEqualTo("r\n");
        assertThat(tool.run("ps", "--json").out()).contains("\"name\":\"r\"").contains("\"state\":\"reachable\"");
        assertThat(tool.run("exec", "r", "--", "sh", "-c", "exit 3").status()).isEqualTo(3);
        Path file = Files.writeString(temp.resolve("file"), "content");
        assertThat(tool.run("cp", file.toString(), "r:/tmp/copy").status()).isZero();
        assertThat(tool.run("cp", "r:/tmp/copy", temp.resolve("back").toString())
                        .status())
                .isZero();
        assertThat(temp.resolve("back")).hasContent("content");
        assertThat(tool.run("logs", "r").out()).contains("qemush: ready");
        Path config = Files.writeString(
                temp.resolve("config"), tool.run("ssh-config", "r").out());
        Process ssh = new ProcessBuilder("ssh", "-F", config.toString(), "-o", "BatchMode=yes", "r", "id -un").start();
        assertThat(new String(ssh.getInputStream().readAllBytes()).strip()).isEqualTo("user");
        assertThat(tool.run("down", "r").status()).isZero();
    }

    @Test
    void supervisorThatWasKilledIsToldAndItsMachineGone() throws Exception {
        assertThat(tool.run("up", "--name", "k", "--image", image.folder().toString())
                        .status())
                .isZero();
        long supervisor = ProcessHandle.of(tool.qemus().get(0))
                .orElseThrow()
                .parent()
                .orElseThrow()
                .parent()
                .orElseThrow()
                .pid();
        new ProcessBuilder("kill", "-KILL", Long.toString(supervisor)).start().waitFor();
        org.awaitility.Awaitility.await().until(() -> tool.qemus().isEmpty());
        Tool.Result result = tool.run("exec", "k", "--", "true");
        assertThat(result.err()).contains("supervisor of this machine was killed");
        assertThat(result.status()).isEqualTo(125);
        assertThat(tool.run("down", "k").status()).isZero();
    }

    @Test
    void withoutSnapshotWhatTheGuestWroteStays() throws Exception {
        Path folder = temp.resolve("own image");
        Files.createDirectory(folder);
        for (Path file : List.of(image.kernel(), image.initrd().orElseThrow(), image.disk())) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
        String kernel = folder.resolve(image.kernel().getFileName()).toString();
        String disk = folder.resolve(image.disk().getFileName()).toString();
        String initrd =
                folder.resolve(image.initrd().orElseThrow().getFileName()).toString();
        String root = image.machine().root();
        String[] flags = {
            "run",
            "--no-snapshot",
            "--arch",
            "aarch64",
            "--kernel",
            kernel,
            "--initrd",
            initrd,
            "--disk",
            disk,
            "--root",
            root,
            "--"
        };
        assertThat(tool.run(with(flags, "sh", "-c", "echo kept >kept")).status())
                .isZero();
        assertThat(tool.run(with(flags, "cat", "kept")).out()).isEqualTo("kept\n");
    }

    private static String[] with(String[] flags, String... command) {
        List<String> line = new ArrayList<>(List.of(flags));
        line.addAll(List.of(command));
        return line.toArray(String[]::new);
    }
}
