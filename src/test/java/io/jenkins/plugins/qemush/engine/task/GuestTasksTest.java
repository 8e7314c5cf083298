package io.jenkins.plugins.qemush.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stock step's launch scripts in a guest of which only the shell differs. */
abstract class GuestTasksTest {
    private static final String USER = "root";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path scratch;

    private Path workspace;
    private Path pending;
    private LocalGuest guest;
    private GuestTasks tasks;
    private final List<Integer> ends = new ArrayList<>();

    /** {@code sh} and all else is busybox there. */
    static final class BusyboxTest extends GuestTasksTest {
        @Override
        LocalGuest guest(Path agent) throws IOException, InterruptedException {
            return LocalGuest.withBusybox(agent, scratch.resolve("programs"));
        }
    }

    static final class DashTest extends GuestTasksTest {
        @Override
        LocalGuest guest(Path agent) throws IOException, InterruptedException {
            return LocalGuest.withDash(agent);
        }
    }

    abstract LocalGuest guest(Path agent) throws IOException, InterruptedException;

    @BeforeEach
    void startGuest() throws IOException, InterruptedException {
        workspace = Files.createDirectories(scratch.resolve("agent of many/work space é"));
        pending = scratch.resolve("pending");
        guest = guest(workspace.getParent());
        tasks = new GuestTasks(guest, observer(), pending);
    }

    private TaskObserver observer() {
        return new TaskObserver() {
            @Override
            public void taskStarts(TaskRequest request) {
                assertThat(request.controlDirectory()).isNotEmpty();
            }

            @Override
            public void taskEnds(TaskRequest request, int status) {
                synchronized (ends) {
                    ends.add(status);
                }
            }
        };
    }

    @AfterEach
    void endGuest() throws IOException {
        if (tasks != null) {
            tasks.close();
            guest.close();
        }
    }

    private StockStep run(StockStep step) throws IOException, InterruptedException {
        tasks.start(step.request(USER), TaskFiles.NONE);
        awaitEnd(step);
        return step;
    }

    private static void awaitEnd(StockStep step) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(step::isOver);
    }

    private StockStep sh(String text) throws IOException, InterruptedException {
        return run(StockStep.sh(workspace, text));
    }

    @Test
    void logAndExitStatusArrive() throws Exception {
        StockStep step = sh("echo hello; exit 7");

        assertThat(step.result()).isEqualTo(7);
        assertThat(step.log()).isEqualTo("+ echo hello\nhello\n+ exit 7\n");
    }

    @Test
    void scriptTextArrivesAsItIs() throws Exception {
        String text = "printf '%s\\n' 'it'\\''s' \"$0\" '$$' '`x`' 'Größe €\u0081 日本' '\\n'\necho 'two\nlines' # '\n";

        assertThat(sh(text).log()).contains("\nit's\n").contains("\n$$\n`x`\nGröße €\u0081 日本\n\\n\n", "two\nlines\n");
    }

    @Test
    void scriptWithItsOwnInterpreterRunsByIt() throws Exception {
        StockStep step = sh("#!/usr/bin/env -S awk -f\nBEGIN { print 6 * 7; exit 3 }\n");

        assertThat(step.log()).isEqualTo("42\n");
        assertThat(step.result()).isEqualTo(3);
    }

    @Test
    void capturedOutputIsKeptApartFromTheLog() throws Exception {
        StockStep step = run(StockStep.returnStdout(workspace, "echo out; echo err >&2"));

        assertThat(new String(step.bytes("output.txt"), StandardCharsets.UTF_8)).isEqualTo("out\n");
        assertThat(step.log()).isEqualTo("+ echo out\n+ echo err\nerr\n");
    }

    @Test
    void launchInTheForegroundEndsAsWell() throws Exception {
        StockStep step = run(StockStep.diagnostics(workspace, "echo diagnosed; exit 4"));

        assertThat(step.result()).isEqualTo(4);
        assertThat(step.log()).contains("diagnosed\n");
    }

    @Test
    void environmentArrivesAndNothingOfItShowsInAProcessList() throws Exception {
        StockStep step = StockStep.sh(workspace, "printf '%s|' \"$SECRET\" \"$PATH\" \"$IFS\"; sleep 1")
                .with("SECRET", "s3cr3t 'quoted' $HOME\nand é")
                .with("not.a.name", "x")
                .with("qsh", "y")
                .with("UID", "5");
        tasks.start(step.request(USER, "/first/bin"), TaskFiles.NONE);
        await().atMost(PATIENCE).until(() -> step.log().contains("+ sleep"));
        String processes = guest.sh("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '");
        awaitEnd(step);

        assertThat(step.log()).contains("s3cr3t 'quoted' $HOME\nand é|/first/bin:/");
        assertThat(processes).contains("script.sh").doesNotContain("s3cr3t");
    }

    @Test
    void bytesAreNotTouched() throws Exception {
        StockStep step = sh("#!/bin/sh\nawk 'BEGIN { for (i = 0; i < 256; i++) printf \"\\\\%03o\", i }' > f\n"
                + "printf \"$(cat f)@@@\\0@\"\n");
        byte[] all = step.bytes("jenkins-log.txt");

        assertThat(all).hasSize(256 + 5);
        assertThat(IntStream.range(0, 256).allMatch(i -> all[i] == (byte) i)).isTrue();
    }

    @Test
    void megabytesOfOutputComeWholeAndInOrder() throws Exception {
        StockStep step = sh("#!/bin/sh\nseq 1 600000\n");

        assertThat(step.log()).isEqualTo(numbers(600_000));
    }

    @Test
    void everyByteArrivesOnceThoughTheConnectionDropsAgainAndAgain() throws Exception {
        StockStep step = StockStep.returnStdout(
                workspace, "#!/bin/sh\nfor i in 1 2 3 4 5 6; do seq 1 30000 >&2; sleep 0.3; done; seq 1 60000\n");
        Long makingDirectories = Long.MAX_VALUE;
        guest.dropAfter(makingDirectories, 50_000L, 5L, 170_001L, 1L, 99_999L, 300_000L, 450_000L);
        run(step);

        assertThat(step.result()).isZero();
        assertThat(step.log()).isEqualTo(numbers(30_000).repeat(6));
        assertThat(new String(step.bytes("output.txt"), StandardCharsets.UTF_8)).isEqualTo(numbers(60_000));
        assertThat(guest.runs()).isBetween(9, 10);
    }

    private static String numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    @Test
    void commandIsNotLaunchedTwiceWhenTheConnectionIsLostAtItsLaunch() throws Exception {
        StockStep step = StockStep.sh(workspace, "echo once >> launches; cat launches; sleep 1");
        guest.sh("mkdir -p '" + workspace + "' '" + step.control().getParent() + "'");
        guest.dropAfter(Long.MAX_VALUE, 3L);
        run(step);

        assertThat(step.log()).contains("\nonce\n").doesNotContain("once\nonce");
    }

    @Test
    void taskGoesOnWhileTheGuestCannotBeReached() throws Exception {
        StockStep step = StockStep.sh(workspace, "for i in 1 2 3 4 5; do echo tick $i; sleep 0.5; done");
        tasks.start(step.request(USER), TaskFiles.NONE);
        await().atMost(PATIENCE).until(() -> step.log().contains("tick 1"));
        guest.unreachable(true);
        Thread.sleep(4000);
        assertThat(step.isOver()).isFalse();
        guest.unreachable(false);
        awaitEnd(step);

        assertThat(step.log().lines().filter(line -> line.startsWith("tick")))
                .containsExactly("tick 1", "tick 2", "tick 3", "tick 4", "tick 5");
    }

    @Test
    void logIsTouchedWhileASilentTaskLives() throws Exception {
        StockStep step = StockStep.sh(workspace, "sleep 40");
        tasks.start(step.request(USER), TaskFiles.NONE);
        Path log = step.control().resolve("jenkins-log.txt");
        await().atMost(PATIENCE).until(() -> step.log().contains("sleep"));
        Files.setLastModifiedTime(log, FileTime.from(Instant.EPOCH));

        await().atMost(PATIENCE)
                .until(() -> Files.getLastModifiedTime(log).toInstant().isAfter(Instant.EPOCH));
        assertThat(step.isOver()).isFalse();
    }

    @Test
    void taskKilledWithItsWrapperIsReportedAsVanished() throws Exception {
        StockStep step = StockStep.sh(workspace, "sleep 1000");
        tasks.start(step.request(USER), TaskFiles.NONE);
        await().atMost(PATIENCE).until(() -> step.log().contains("sleep"));
        guest.sh("for i in 1 2 3; do"
                + " kill -KILL $(grep -lsz ^QEMU_SH_TASK= /proc/[0-9]*/environ | cut -d/ -f3); done 2>/dev/null; :");
        awaitEnd(step);

        assertThat(step.result()).isEqualTo(GuestTasks.NO_STATUS);
        assertThat(step.log()).contains("qemu-sh: The command's processes vanished");
    }

    @Test
    void killEndsTheScriptAndItsWrapperTellsTheStatus() throws Exception {
        StockStep step = StockStep.sh(workspace, "sleep 1000");
        tasks.start(step.request(USER), TaskFiles.NONE);
        await().atMost(PATIENCE).until(() -> step.log().contains("sleep"));
        tasks.kill("JENKINS_SERVER_COOKIE=" + StockStep.COOKIE);
        awaitEnd(step);

        assertThat(step.result()).isEqualTo(143);
    }

    @Test
    void scriptThatIgnoresTermIsKilled() throws Exception {
        StockStep step = StockStep.sh(workspace, "trap '' TERM\nwhile :; do sleep 1; done");
        tasks.start(step.request(USER), TaskFiles.NONE);
        await().atMost(PATIENCE).until(() -> step.log().contains("sleep"));
        tasks.kill("JENKINS_SERVER_COOKIE=" + StockStep.COOKIE);
        awaitEnd(step);

        assertThat(step.result()).isEqualTo(137);
    }

    @Test
    void removedControlDirectoryKillsItsTaskAndNoOther() throws Exception {
        StockStep given = StockStep.sh(workspace, "trap '' TERM\nwhile :; do sleep 1; done");
        StockStep other = StockStep.sh(workspace, "sleep 8; echo done");
        tasks.start(given.request(USER), TaskFiles.NONE);
        tasks.start(other.request(USER), TaskFiles.NONE);
        await().atMost(PATIENCE).until(() -> given.log().contains("sleep"));
        try (Stream<Path> files = Files.list(given.control())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(given.control());
        String mark = given.control().getFileName().toString();
        await().atMost(PATIENCE).until(() -> guest.sh(
                        "cat /proc/[0-9]*/cmdline 2>/dev/null | grep -c '[^]]" + mark.substring(1) + "' || :")
                .equals("0"));
        awaitEnd(other);

        assertThat(other.result()).isZero();
        assertThat(given.control()).doesNotExist();
        assertThat(guest.sh("ls -d '" + given.control() + "' 2>/dev/null || echo gone"))
                .isEqualTo("gone");
    }

    @Test
    void failureOfTheMachineIsToldInTheLogAndIsNoExitStatusOfACommand() throws Exception {
        StockStep step = StockStep.sh(workspace, "echo begun; sleep 1000");
        tasks.start(step.request(USER), TaskFiles.NONE);
        await().atMost(PATIENCE).until(() -> step.log().contains("\nbegun\n"));
        tasks.fail(new GuestFailure("The guest's kernel panicked: test.", "Kernel panic - not syncing: test"));

        assertThat(step.result()).isEqualTo(-1);
        assertThat(step.log())
                .contains("begun\n")
                .contains(
                        """
                qemu-sh: The guest's kernel panicked: test.
                The console around it:
                Kernel panic - not syncing: test
                """);
        assertThatThrownBy(() -> sh("true")).hasMessageContaining("panicked");
    }

    @Test
    void filesGoInBeforeAndComeOutBeforeTheResult() throws Exception {
        StockStep step = StockStep.sh(workspace, "cat brought");
        List<String> order = new ArrayList<>();
        tasks.start(step.request(USER), new TaskFiles() {
            @Override
            public void before() throws IOException, InterruptedException {
                guest.sh("mkdir -p '" + workspace + "'; echo content > '" + workspace + "/brought'");
            }

            @Override
            public void after() throws IOException {
                order.add("log has content: " + step.log().contains("\ncontent\n") + ", over: " + step.isOver());
            }
        });
        awaitEnd(step);

        assertThat(order).containsExactly("log has content: true, over: false");
    }

    @Test
    void commandIsNoSuccessWhenItsFilesCannotBeBroughtBack() throws Exception {
        StockStep step = StockStep.sh(workspace, "true");
        tasks.start(step.request(USER), new TaskFiles() {
            @Override
            public void before() {
                // Nothing to bring.
            }

            @Override
            public void after() throws IOException {
                throw new HostFailure("The link leads outside.", "Remove it.");
            }
        });
        awaitEnd(step);

        assertThat(step.result()).isEqualTo(-1);
        assertThat(step.log()).contains("qemu-sh: The link leads outside.\nRemove it.\n");
    }

    @Test
    void whatCannotBeLaunchedIsSaidAtOnce() throws Exception {
        guest.sh("mkdir -p '" + workspace.getParent() + "'; : > '" + workspace + "'");

        assertThatThrownBy(() -> sh("true"))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("cannot make the command's directories");
        assertThat(tasks.running()).isZero();
    }

    @Test
    void refusedLaunchIsToldInTheLog() throws Exception {
        sh("rm -r '" + workspace + "'");
        StockStep step = sh("true");

        assertThat(step.result()).isEqualTo(-1);
        assertThat(step.log()).contains("qemu-sh: The guest could not launch the command: ", "work space");
    }

    @Test
    void nothingIsLeftBehindATask() throws Exception {
        StockStep step = sh("true");
        await().atMost(PATIENCE).until(() -> tasks.running() == 0);

        await().atMost(PATIENCE)
                .until(() -> guest.sh("ls '" + step.control().getParent() + "'").isEmpty());
        try (Stream<Path> links = Files.list(pending)) {
            assertThat(links).isEmpty();
        }
        assertThat(ends).containsExactly(0);
    }

    @Test
    void nextTaskFindsAShellReady() throws Exception {
        int placeTaskAndReadyShell = 3;
        sh("true");
        await().atMost(PATIENCE).until(() -> guest.runs() == placeTaskAndReadyShell);
        StockStep step = StockStep.sh(workspace, "sleep 1");
        tasks.start(step.request(USER), TaskFiles.NONE);
        await().atMost(PATIENCE).until(() -> step.log().contains("sleep"));

        assertThat(guest.runs()).isEqualTo(placeTaskAndReadyShell);
        awaitEnd(step);
    }

    @Test
    void readyShellThatWasLostIsReplaced() throws Exception {
        sh("true");
        await().atMost(PATIENCE).until(() -> guest.runs() == 3);
        guest.drop();

        assertThat(sh("echo again").log()).contains("\nagain\n");
    }

    @Test
    void manyRunAtOnce() throws Exception {
        List<StockStep> steps = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            StockStep step = StockStep.sh(workspace, "sleep 2; exit " + i);
            tasks.start(step.request(USER), TaskFiles.NONE);
            steps.add(step);
        }
        for (int i = 0; i < 14; i++) {
            awaitEnd(steps.get(i));
            assertThat(steps.get(i).result()).isEqualTo(i);
        }
    }
}
