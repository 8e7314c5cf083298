package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can go wrong with a machine, made to go wrong for real: the user reads the cause, soon, and nothing is left. */
@Tag("vm")
class VerdictVmTest {

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

    private static String[] run(String... more) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("run", "--image", TestImages.folder("aarch64").toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static void assertFailed(Tool.Result result, String cause) {
        assertThat(result.err()).contains("qemu-sh: ").contains(cause).doesNotContain("\tat ");
        assertThat(result.status()).isEqualTo(125);
    }

    /** Starts a command that prints {@code now}, and returns when it has. */
    private Process untilNow(String... command) throws IOException {
        Process process = tool.start(Tool.command(command));
        assertThat(process.inputReader().readLine()).isEqualTo("now");
        return process;
    }

    private static Tool.Result endsSoon(Process process) throws IOException, InterruptedException {
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Tool.Result(process.waitFor(), "", errors);
    }

    @ParameterizedTest
    @CsvSource({
        "echo c >/proc/sysrq-trigger, panicked: sysrq triggered crash",
        "poweroff -f, powered itself off",
        "reboot -f, rebooted itself",
        "kill -9 1; kill -SEGV 1; echo o >/proc/sysrq-trigger, powered itself off"
    })
    void endOfTheGuestIsNamed(String script, String cause) throws Exception {
        Process process = untilNow(run("--user", "root", "--", "sh", "-c", "echo now; " + script + "; sleep 100"));

        assertFailed(endsSoon(process), cause);
    }

    @Test
    void panicShowsTheConsoleAroundIt() throws Exception {
        Tool.Result result =
                tool.run(run("--user", "root", "--", "sh", "-c", "echo c >/proc/sysrq-trigger; sleep 100"));

        assertThat(result.err())
                .contains("The console around it:")
                .contains("Kernel panic - not syncing: sysrq triggered crash")
                .contains("Call trace");
    }

    @Test
    void killedQemuIsNamedWithTheHostsMemory() throws Exception {
        Process process = untilNow(run("--", "sh", "-c", "echo now; sleep 100"));

        tool.qemus().forEach(ProcessHandle::destroyForcibly);

        Tool.Result result = endsSoon(process);
        assertFailed(result, "QEMU was killed by SIGKILL");
        assertThat(result.err()).contains("MemAvailable");
    }

    @Test
    void guestOutOfMemoryIsNamed() throws Exception {
        Tool.Result result = tool.run(run("--memory", "160", "--", "tail", "/dev/zero"));

        assertFailed(result, "ran out of memory: its kernel killed process");
        assertThat(result.err()).contains("(tail)");
    }

    @Test
    void missingRootDeviceIsNamed() throws Exception {
        Tool.Result result = tool.run(run("--append", "root=LABEL=nowhere", "--", "true"));

        assertFailed(result, "root device LABEL=nowhere");
    }

    @Test
    void diedInitIsNamed() throws Exception {
        Tool.Result result = tool.run(run("--append", "rdinit=/bin/false", "--", "true"));

        assertFailed(result, "init");
        assertThat(result.err()).contains("Kernel panic");
    }

    @Test
    void kernelThatSaysNothingInTimeIsToldSo() throws Exception {
        Tool.Result result = tool.run(run("--boot-timeout", "1", "--", "true"));

        assertFailed(result, "The guest printed nothing within the boot limit of 1 s");
    }

    @Test
    void guestThatComputesAndPrintsNothingIsToldOfLongBeforeTheLimit() throws Exception {
        // Branches to itself, over and over.
        Path kernel = Files.write(folder.resolve("kernel"), HexFormat.of().parseHex("00000014".repeat(1024)));
        Path disk = Files.write(folder.resolve("disk"), new byte[1 << 20]);
        Process process = tool.start(Tool.command(
                "run", "--arch", "aarch64", "--kernel", kernel.toString(), "--disk", disk.toString(), "--", "true"));
        try (BufferedReader lines = process.errorReader()) {
            assertThat(lines.readLine()).contains("is in no form that is known");
            assertThat(lines.readLine()).contains("has computed for 20 s and printed nothing", "ttyAMA0");
        } finally {
            process.destroy();
        }
    }

    @Test
    void guestWithoutANetworkIsToldOfLongBeforeTheLimit() throws Exception {
        Path image = TestImages.plainFolder("aarch64");
        // Nothing in the image loads a driver for this card.
        Process process = tool.start(Tool.command(
                "run",
                "--arch",
                "aarch64",
                "--kernel",
                image.resolve("kernel").toString(),
                "--initrd",
                image.resolve("initrd").toString(),
                "--disk",
                image.resolve("disk.qcow2").toString(),
                "--net",
                "rtl8139",
                "--warm",
                "false",
                "--",
                "true"));
        try (BufferedReader lines = process.errorReader()) {
            // On a slow host the silence of a quiet kernel is told of before.
            assertThat(lines.lines().anyMatch(line -> line.contains("The guest has no network interface")))
                    .isTrue();
        } finally {
            process.destroy();
        }
    }

    @Test
    void totalLimitEndsARunningCommand() throws Exception {
        Tool.Result result = tool.run(run("--timeout", "12", "--", "sleep", "1000"));

        assertFailed(result, "longer than its limit of 12 s");
    }

    @Test
    void fullDiskOfTheHostIsNamed() throws Exception {
        assumeTrue(new ProcessBuilder("unshare", "-Urm", "true").start().waitFor() == 0, "no user namespaces here");
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "-Urm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=8m none \"$0\" && exec \"$@\"",
                scratch.toString()));
        command.addAll(Tool.command(run(
                "--scratch",
                scratch.toString(),
                "--user",
                "root",
                "--",
                "dd",
                "if=/dev/zero",
                "of=/root/big",
                "bs=1M",
                "count=40",
                "conv=fsync")));

        assertFailed(tool.runWithInput("", command), "The host's disk is full");
    }

    @Test
    void missingQemuIsNamedWithItsPackage() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("bin"));

        Tool.Result result = tool.with("PATH", empty.toString()).run(run("--", "true"));

        assertFailed(result, "qemu-system-aarch64 is not installed");
        assertThat(result.err()).contains("apt-get install qemu-system-arm");
        assertThat(result.lines()).isEqualTo(2);
        tool.with("PATH", System.getenv("PATH"));
    }
}
