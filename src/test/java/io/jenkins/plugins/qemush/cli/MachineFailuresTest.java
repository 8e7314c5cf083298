package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.testing.TestImages;
import io.jenkins.plugins.qemush.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads when a machine fails, each failure provoked for real; and that nothing stays behind. */
@Tag("vm")
class MachineFailuresTest {
    private Tool tool;
    private String image;

    @BeforeEach
    void prepare() throws Exception {
        tool = Tool.create();
        image = TestImages.of("aarch64").folder().toString();
    }

    @AfterEach
    void nothingStaysBehind() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(tool.remains()).isEmpty());
    }

    /** Flags, the command, and what the message must say. */
    static List<Arguments> failures() {
        return List.of(
                failure("kernel", List.of("--user", "root"), "echo c >/proc/sysrq-trigger"),
                failure("init died", List.of("--append", "rdinit=/bin/busybox"), "true"),
                failure("root device /dev/nowhere not found", List.of("--append", "root=/dev/nowhere"), "true"),
                failure("within the boot limit of 1 s", List.of("--boot-timeout", "1"), "true"),
                failure("ran out of memory", List.of("--memory", "160"), "tail /dev/zero"),
                failure("powered itself off", List.of("--user", "root"), "poweroff -f; sleep 60"),
                failure("rebooted itself", List.of("--user", "root"), "reboot -f; sleep 60"),
                failure("limit of 12 s", List.of("--timeout", "12"), "sleep 60"));
    }

    private static Arguments failure(String expected, List<String> flags, String script) {
        return Arguments.of(expected, flags, script);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void isToldWithItsCauseAndTheConsole(String expected, List<String> flags, String script) throws Exception {
        List<String> line = new ArrayList<>(List.of("run", "--image", image));
        line.addAll(flags);
        line.addAll(List.of("--", "sh", "-c", script));
        Tool.Result result = tool.run(line.toArray(String[]::new));
        assertThat(result.err()).contains(expected).contains("onsole").doesNotContain("\tat ");
        assertThat(result.status()).isEqualTo(125);
    }

    @Test
    void silentKernelIsToldAsSuch() throws Exception {
        Image booted = TestImages.of("aarch64");
        Tool.Result result = tool.run(
                "run",
                "--arch",
                "aarch64",
                "--console",
                "ttyS9",
                "--boot-timeout",
                "8",
                "--kernel",
                booted.kernel().toString(),
                "--initrd",
                booted.initrd().orElseThrow().toString(),
                "--disk",
                booted.disk().toString(),
                "true");
        assertThat(result.err()).contains("The kernel printed nothing within the boot limit of 8 s");
        assertThat(result.status()).isEqualTo(125);
    }

    @Test
    void killedQemuIsToldWithItsSignal() throws Exception {
        Tool.Running running = sleeping(Map.of(), List.of());
        signal("KILL", tool.qemus());
        Tool.Result result = running.await();
        assertThat(result.err()).contains("QEMU was killed by SIGKILL").contains("MemAvailable");
        assertThat(result.status()).isEqualTo(125);
    }

    @Test
    void guestThatStopsAnsweringIsGivenUp() throws Exception {
        Tool.Running running = sleeping(Map.of(), List.of());
        signal("STOP", tool.qemus());
        Tool.Result result = running.await();
        assertThat(result.err()).contains("The guest stopped answering");
        assertThat(result.status()).isEqualTo(125);
    }

    @Test
    void fullDiskOfTheHostIsToldAsSuch() throws Exception {
        Path scratch = Files.createTempDirectory("scratch");
        String script = "mount -t tmpfs -o size=8m tmpfs \"$0\" && exec \"$@\"";
        List<String> wrapper = List.of("unshare", "-Urm", "sh", "-c", script, scratch.toString());
        Tool.Result result = tool.start(
                        Map.of(),
                        wrapper,
                        "run",
                        "--image",
                        image,
                        "--scratch",
                        scratch.toString(),
                        "--",
                        "sh",
                        "-c",
                        "dd if=/dev/urandom of=big bs=1M count=64; sync; sleep 60")
                .await();
        Files.delete(scratch);
        assertThat(result.err()).contains("The host's disk is full").contains("--scratch");
        assertThat(result.status()).isEqualTo(125);
    }

    @Test
    void missingQemuNamesThePackage() throws Exception {
        Path empty = Files.createTempDirectory("path");
        Tool.Result result = tool.start(Map.of("PATH", empty.toString()), List.of(), "run", "--image", image, "id")
                .await();
        Files.delete(empty);
        assertThat(result.err())
                .contains("qemu-system-aarch64 is not installed")
                .contains("apt-get install qemu-system-arm");
        assertThat(result.status()).isEqualTo(125);
    }

    @Test
    void interruptedRunLeavesNothing() throws Exception {
        for (String name : List.of("INT", "TERM", "HUP", "KILL")) {
            Tool.Running running = sleeping(Map.of(), List.of());
            signal(name, List.of(running.process().pid()));
            running.await();
            nothingStaysBehind();
        }
    }

    /** A run whose guest is busy. */
    private Tool.Running sleeping(Map<String, String> environment, List<String> wrapper) throws Exception {
        Tool.Running running = tool.start(environment, wrapper, "run", "--name", "m", "--image", image, "sleep", "120");
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            Path events = tool.runs().resolve("m/events.jsonl");
            return Files.exists(events) && Files.readString(events).contains("\"command\"");
        });
        return running;
    }

    private static void signal(String name, List<Long> processes) throws Exception {
        assertThat(processes).hasSize(1);
        new ProcessBuilder("kill", "-" + name, processes.get(0).toString())
                .start()
                .waitFor();
    }
}
