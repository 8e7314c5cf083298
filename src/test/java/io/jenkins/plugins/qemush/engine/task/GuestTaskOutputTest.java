package io.jenkins.plugins.qemush.engine.task;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What goes into a stock step's command and comes out of it. */
@Execution(ExecutionMode.CONCURRENT)
class GuestTaskOutputTest {
    @RegisterExtension
    final StepRunner steps = new StepRunner();

    @InEveryGuest
    void logAndExitStatusArrive(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = steps.sh("echo hello; exit 7");

        assertThat(step.result()).isEqualTo(7);
        assertThat(step.log()).isEqualTo("+ echo hello\nhello\n+ exit 7\n");
    }

    @InEveryGuest
    void scriptTextArrivesAsItIs(GuestKind kind) throws Exception {
        steps.open(kind);
        String text = "printf '%s\\n' 'it'\\''s' \"$0\" '$$' '`x`' 'Größe €\u0081 日本' '\\n'\necho 'two\nlines' # '\n";

        assertThat(steps.sh(text).log())
                .contains("\nit's\n")
                .contains("\n$$\n`x`\nGröße €\u0081 日本\n\\n\n", "two\nlines\n");
    }

    @InEveryGuest
    void scriptWithItsOwnInterpreterRunsByIt(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = steps.sh("#!/usr/bin/env -S awk -f\nBEGIN { print 6 * 7; exit 3 }\n");

        assertThat(step.log()).isEqualTo("42\n");
        assertThat(step.result()).isEqualTo(3);
    }

    @InEveryGuest
    void capturedOutputIsKeptApartFromTheLog(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = steps.run(StockStep.returnStdout(steps.workspace(), "echo out; echo err >&2"));

        assertThat(new String(step.bytes("output.txt"), StandardCharsets.UTF_8)).isEqualTo("out\n");
        assertThat(step.log()).isEqualTo("+ echo out\n+ echo err\nerr\n");
    }

    @InEveryGuest
    void environmentArrivesAndNothingOfItShowsInAProcessList(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "printf '%s|' \"$SECRET\" \"$PATH\" \"$IFS\"; sleep 1")
                .with("SECRET", "s3cr3t 'quoted' $HOME\nand é")
                .with("not.a.name", "x")
                .with("qsh", "y")
                .with("UID", "5");
        steps.tasks().start(step.request(StepRunner.USER, "/first/bin"), TaskFiles.NONE);
        steps.awaitLog(step, "+ sleep");
        String processes = steps.guest().sh("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '");
        steps.awaitEnd(step);

        assertThat(step.log()).contains("s3cr3t 'quoted' $HOME\nand é|/first/bin:/");
        assertThat(processes).contains("script.sh").doesNotContain("s3cr3t");
    }

    @InEveryGuest
    void bytesAreNotTouched(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = steps.sh("#!/bin/sh\nawk 'BEGIN { for (i = 0; i < 256; i++) printf \"\\\\%03o\", i }' > f\n"
                + "printf \"$(cat f)@@@\\0@\"\n");
        byte[] all = step.bytes("jenkins-log.txt");

        assertThat(all).hasSize(256 + 5);
        assertThat(IntStream.range(0, 256).allMatch(i -> all[i] == (byte) i)).isTrue();
    }

    @InEveryGuest
    void logIsTouchedWhileASilentTaskLives(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.sh(steps.workspace(), "sleep 40");
        steps.start(step);
        Path log = step.control().resolve("jenkins-log.txt");
        steps.awaitLog(step, "sleep");
        Files.setLastModifiedTime(log, FileTime.from(Instant.EPOCH));

        await().until(() -> Files.getLastModifiedTime(log).toInstant().isAfter(Instant.EPOCH));
        assertThat(step.isOver()).isFalse();
    }
}
