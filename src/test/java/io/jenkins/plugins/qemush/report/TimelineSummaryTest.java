package io.jenkins.plugins.qemush.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineSummaryTest {
    @Test
    void transfersAreAddedUpByDirection() {
        TimelineSummary summary =
                TimelineSummary.of(line("files_in", "/w: 12 changed, 0 deleted, 1.5 MB in 0.24 s (disk)")
                        + line("files_in", "1 changed, 2 deleted, 100.0 kB in 0.01 s (disk)")
                        + line("files_out", "3 changed, 1 deleted, 0.5 kB in 0.02 s (disk); not by tar, 7 deleted"));
        assertThat(summary.files()).isEqualTo("files in: 13 (1.6 MB), 2 deleted; out: 3 (0.5 kB), 1 deleted");
    }

    @Test
    void nothingTravelledIsSaidInAWord() {
        assertThat(TimelineSummary.of("").files()).isEqualTo("files in: 0; out: 0");
    }

    @Test
    void startIsABootOrARestore() {
        assertThat(TimelineSummary.of(line("ssh", "")).start()).isEqualTo("booted");
        assertThat(TimelineSummary.of(line("restored", "saved a boot of 4000 ms"))
                        .start())
                .isEqualTo("restored");
    }

    @Test
    void machineThatWasTakenStoodBy() {
        assertThat(TimelineSummary.of(line("restored", "") + line("stands_by", "") + line("taken", ""))
                        .start())
                .isEqualTo("stood by");
    }

    @Test
    void bootForWantOfAStateHasItsReason() {
        assertThat(TimelineSummary.of(line("restored", "") + line("booted_instead", "the guest did not wake"))
                        .start())
                .isEqualTo("booted, not restored: the guest did not wake");
    }

    private static String line(String event, String detail) {
        return new TimelineEvent(1, event, detail).line();
    }
}
