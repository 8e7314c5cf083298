package io.jenkins.plugins.qemush.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Figure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineSummaryTest {
    @Test
    void transfersAreAddedUpByDirection() {
        TimelineSummary summary = TimelineSummary.of(transfer("files_in", 12, 0, 1_500_000)
                + transfer("files_in", 1, 2, 100_000)
                + transfer("files_out", 3, 1, 500));
        assertThat(summary.files())
                .isEqualTo("files taken in: 13 (1.6 MB), 2 deleted; brought back: 3 (0.5 kB), 1 deleted");
    }

    @Test
    void nothingTravelledIsSaidInAWord() {
        assertThat(TimelineSummary.of("").files()).isEqualTo("files taken in: none; brought back: none");
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

    private static String transfer(String event, long entries, long deleted, long bytes) {
        Map<Figure, Long> figures = Map.of(Figure.ENTRIES, entries, Figure.DELETED, deleted, Figure.BYTES, bytes);
        return new TimelineEvent(1, event, "", figures).line();
    }

    private static String line(String event, String detail) {
        return new TimelineEvent(1, event, detail).line();
    }
}
