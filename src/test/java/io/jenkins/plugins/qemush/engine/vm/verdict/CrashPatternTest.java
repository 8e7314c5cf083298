package io.jenkins.plugins.qemush.engine.vm.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrashPatternTest {
    static Stream<CrashPattern> patterns() {
        return CrashPattern.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void exampleGivesTheVerdictOfItsOwnRow(CrashPattern row) {
        CrashPattern first = CrashPattern.ALL.stream()
                .filter(other -> other.pattern().matcher(row.example()).find())
                .findFirst()
                .orElseThrow();

        assertThat(first).isEqualTo(row);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void verdictIsASentenceWithItsDetail(CrashPattern row) {
        Verdict verdict = CrashDetector.verdictOn(row.example()).orElseThrow();

        assertThat(verdict.sentence()).matches("The .*\\.|A .*\\.").doesNotContain("%s", "  ", "()", ": .");
        assertThat(verdict.severity()).isEqualTo(row.severity());
    }

    @Test
    void consoleWithoutEndIsAVerdictOnce() {
        List<String> verdicts = new ArrayList<>();
        CrashDetector detector = new CrashDetector(verdict -> verdicts.add(verdict.sentence()));
        String megabyte = ("x".repeat(1023) + "\n").repeat(1024);
        for (int i = 0; i < 256; i++) {
            detector.accept(megabyte);
        }
        assertThat(verdicts).isEmpty();
        detector.accept("x");
        detector.accept("x");
        assertThat(verdicts).singleElement().asString().contains("more than 256 MB");
    }

    /** Lines of healthy boots that have words of crashes in them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[    0.000000] Kernel command line: console=ttyAMA0 root=LABEL=qemush-root rw panic=-1 quiet",
                "[    0.012345] rcu: \tRCU debug extended QS entry/exit.",
                "[    0.500000] random: crng init done",
                "[    0.700000] watchdog: Delayed init of the lockup detector failed: -19",
                "[    1.000000] EXT4-fs (vda): mounted filesystem with ordered data mode. Quota mode: none.",
                "[    1.100000] systemd[1]: Listening on Process Core Dump Socket.",
                "[    1.200000] pstore: Registered efi as persistent store backend; oops dump enabled",
                "[    1.300000] Run /sbin/init as init process",
                "[    1.400000] clk: Disabling unused clocks",
                "debian login: root",
                "qemush: ready",
                "make: *** [Makefile:3: all] Error 1",
                "test_panics_on_bug ... ok",
                "BUG: report them at https://example.org/"
            })
    void innocentLineGivesNone(String line) {
        assertThat(CrashDetector.verdictOn(line)).isEmpty();
    }

    @Test
    void crashIsToldOnceHoweverTheTextArrives() {
        List<Verdict> told = new ArrayList<>();
        CrashDetector detector = new CrashDetector(told::add);
        String text = "well\r\nkernel BUG at fs/x.c:1!\r\nKernel panic - not syncing: Fatal exception\r\n";

        text.chars().forEach(c -> detector.accept(String.valueOf((char) c)));

        assertThat(told)
                .singleElement()
                .extracting(Verdict::sentence)
                .asString()
                .contains("BUG at fs/x.c:1");
    }

    @Test
    void suspectCountsOnlyForWhoAskedBefore() {
        CrashDetector detector = new CrashDetector(verdict -> {});
        detector.accept("Out of memory: Killed process 1 (cc1)\n");
        int before = detector.suspects();
        assertThat(detector.suspectAfter(before)).isEmpty();

        detector.accept("Out of memory: Killed process 2 (ld)\n");

        assertThat(detector.suspectAfter(before))
                .get()
                .extracting(Verdict::sentence)
                .asString()
                .contains("2 (ld)");
    }

    @Test
    void endlessLineIsNotKept() {
        CrashDetector detector = new CrashDetector(verdict -> {});
        for (int i = 0; i < 2000; i++) {
            detector.accept("x".repeat(10_000));
        }
        detector.accept("\nOut of memory: Killed process 3 (as)\n");

        assertThat(detector.suspects()).isEqualTo(1);
    }

    static Stream<QemuComplaint> complaints() {
        return QemuComplaint.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("complaints")
    void complaintOfQemuHasACauseAndANextStep(QemuComplaint row) {
        var failure = QemuComplaint.in("qemu-system-aarch64: " + row.example()).orElseThrow();

        assertThat(failure.help()).isEqualTo(row.nextStep());
        assertThat(failure.getMessage()).endsWith(".").doesNotContain("%s");
    }
}
