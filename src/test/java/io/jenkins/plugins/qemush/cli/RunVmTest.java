package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.testing.TestImages;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code qemu-sh run} on real machines: what comes out of it, and that nothing stays behind. */
@Tag("vm")
class RunVmTest {

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

    private static Path plain() throws Exception {
        return TestImages.plainFolder("aarch64");
    }

    @Test
    void commandsStatusOutputAndErrorsComeOut() throws Exception {
        Tool.Result result = tool.runWithInput(
                "from outside",
                Tool.command(
                        "run", "--image", image(), "-e", "A=x y", "--", "sh", "-c", "cat; echo \"$A\" >&2; exit 42"));

        assertThat(result).isEqualTo(new Tool.Result(42, "from outside", "x y\n"));
    }

    @Test
    void imageMadeByHandIsReachedOverItsConsole() throws Exception {
        Tool.Result result = tool.run(
                "run",
                "--arch",
                "aarch64",
                "--kernel",
                plain().resolve("kernel").toString(),
                "--initrd",
                plain().resolve("initrd").toString(),
                "--disk",
                plain().resolve("disk.qcow2").toString(),
                "--root",
                "LABEL=qemush-root",
                "--user",
                "somebody-new",
                "--",
                "sh",
                "-c",
                "id -un; pwd");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("somebody-new\n/home/somebody-new\n");
    }

    @Test
    void otherArchitectureRuns() throws Exception {
        Tool.Result result = tool.run(
                "run",
                "--image",
                TestImages.folder("x86_64").toString(),
                "--cpus",
                "2",
                "--user",
                "root",
                "--",
                "sh",
                "-c",
                "uname -m; nproc; id -u");

        assertThat(result).isEqualTo(new Tool.Result(0, "x86_64\n2\n0\n", ""));
    }

    @Test
    void pathsMayHaveSpacesCommasAndOtherLetters() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("ü, é 'x'"));
        Path image = Files.createSymbolicLink(odd.resolve("image, 2"), TestImages.folder("aarch64"));
        try (Tool other = new Tool(odd)) {
            Tool.Result result = other.run("run", "--image", image.toString(), "--", "echo", "well");

            assertThat(result).isEqualTo(new Tool.Result(0, "well\n", ""));
            assertThat(other.leftovers()).isEmpty();
        }
    }

    @Test
    void severalAtOnceDoNotDisturbEachOther() throws Exception {
        List<Process> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            runs.add(tool.start("run", "--image", image(), "--", "sh", "-c", "echo " + i + " >/tmp/x; cat /tmp/x"));
        }
        for (int i = 0; i < runs.size(); i++) {
            assertThat(Tool.await(runs.get(i), "")).isEqualTo(new Tool.Result(0, i + "\n", ""));
        }
    }

    @Test
    void ownKeyIsUsedInsteadOfAOneTimeKey() throws Exception {
        Path key = folder.resolve("my key");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();

        Tool.Result result = tool.run(
                "run",
                "--image",
                image(),
                "--identity",
                key.toString(),
                "--user",
                "root",
                "--",
                "cat",
                "/root/.ssh/authorized_keys");

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains(Files.readString(Path.of(key + ".pub")).split(" ")[1]);
    }

    @Test
    void commandOfVerboseRunBootsWhenPasted() throws Exception {
        Tool.Result verbose = tool.run("run", "-v", "--image", image(), "--", "true");
        String command = verbose.err()
                .lines()
                .filter(line -> line.startsWith("qemu-system-"))
                .findFirst()
                .orElseThrow();

        Process pasted = tool.start(List.of("sh", "-c", command));

        assertThat(pasted.inputReader().lines().anyMatch("qemush: ready"::equals))
                .isTrue();
        pasted.getOutputStream().write("\u0001x".getBytes(StandardCharsets.US_ASCII));
        pasted.getOutputStream().flush();
        assertThat(pasted.waitFor()).isZero();
    }

    @Test
    void publishedPortLeadsIntoTheGuest() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process run = tool.start("run", "--image", image(), "-p", port + ":22", "--", "sh", "-c", "echo up; read line");
        assertThat(run.inputReader().readLine()).isEqualTo("up");

        try (Socket client = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            assertThat(new String(client.getInputStream().readNBytes(4), StandardCharsets.US_ASCII))
                    .isEqualTo("SSH-");
        }
        run.getOutputStream().close();
        assertThat(run.waitFor()).isEqualTo(1);
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Tool.Result result =
                    tool.run("run", "--image", image(), "--port", String.valueOf(taken.getLocalPort()), "--", "true");

            assertThat(result.status()).isEqualTo(125);
            assertThat(result.err())
                    .contains("taken")
                    .contains("" + taken.getLocalPort())
                    .contains("--port");
            assertThat(result.lines()).isEqualTo(2);
        }
    }

    @Test
    void withoutSnapshotTheDiskKeepsWhatWasWrittenAndIsUsedByOneOnly() throws Exception {
        Path disk = Files.copy(plain().resolve("disk.qcow2"), folder.resolve("my, disk.qcow2"));
        String[] machine = {
            "run",
            "--arch",
            "aarch64",
            "--kernel",
            plain().resolve("kernel").toString(),
            "--initrd",
            plain().resolve("initrd").toString(),
            "--root",
            "LABEL=qemush-root",
            "--disk",
            disk.toString(),
            "--no-snapshot",
            "--user",
            "root",
            "--"
        };
        Process first =
                tool.start(Tool.command(with(machine, "sh", "-c", "echo kept >/root/note; echo up; read line")));
        assertThat(first.inputReader().readLine()).isEqualTo("up");

        Tool.Result second = tool.run(with(machine, "true"));
        assertThat(second.status()).isEqualTo(125);
        assertThat(second.err())
                .contains("Another machine uses the disk")
                .contains(disk.getFileName().toString());

        first.getOutputStream().close();
        first.waitFor();
        assertThat(tool.run(with(machine, "cat", "/root/note")).out()).isEqualTo("kept\n");
    }

    private static String[] with(String[] first, String... more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
