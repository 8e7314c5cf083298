package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Machines that are restored instead of booted. */
@Tag("vm")
class WarmVmTest extends WarmSetup {
    private static final int CLONES = 20;

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
        await().untilAsserted(
                        () -> assertThat(states.list()).describedAs(makerLog()).hasSize(2));
        Tool.Result again = tool.run("run", "-vv", "--memory", "300", "--image", image(), "--", "echo", "well");
        assertThat(again.err()).contains(RESTORED);
        assertThat(again.out()).isEqualTo("well\n");
        states.discard(state());
    }

    @Test
    void savedMachineKnowsNobodysKey() throws Exception {
        assertThat(run("grep -c . .ssh/authorized_keys; cat /proc/cmdline").out())
                .startsWith("1\n")
                .doesNotContain("qemush.key");
    }

    @Test
    void rehearsalRunsUnseenAndPreparesNothing() throws Exception {
        Process rehearsal =
                tool.start("rehearse", "-vv", "--image", image(), "--", "sh", "-c", "echo ready; read line");
        String ready = rehearsal.inputReader().readLine();
        Tool.Result seen = tool.run("ps");
        Tool.Result end = Tool.await(rehearsal, "\n");

        assertThat(ready).isEqualTo("ready");
        assertThat(seen.out().lines()).hasSize(1);
        assertThat(end.err()).contains(RESTORED);
        assertThat(end.status()).isZero();
    }
}
