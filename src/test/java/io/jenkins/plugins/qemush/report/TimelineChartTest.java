package io.jenkins.plugins.qemush.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TimelineChartTest {
    private static TimelineSpan span(Lane lane, String title, long start, long end) {
        return new TimelineSpan(lane, title, start, end, "", false, true);
    }

    @Test
    void barsFillTheWidth() {
        TimelineChart chart = TimelineChart.ofAll(
                List.of(span(Lane.KERNEL, "kernel", 1_000, 2_000), span(Lane.SSH, "ssh", 2_000, 5_000)));
        assertThat(chart.rows().get(0).bars().get(0)).extracting("x", "width").containsExactly("0", "25");
        assertThat(chart.rows().get(1).bars().get(0)).extracting("x", "width").containsExactly("25", "75");
    }

    @Test
    void commandsAtTheSameTimeHaveRowsOfTheirOwn() {
        TimelineChart chart = TimelineChart.ofAll(List.of(
                span(Lane.COMMAND, "a", 0, 100), span(Lane.COMMAND, "b", 50, 150), span(Lane.COMMAND, "c", 100, 200)));
        assertThat(chart.rows()).hasSize(2);
        assertThat(chart.rows().get(0).bars()).hasSize(2);
    }

    @Test
    void wayToTheFirstCommandEndsThere() {
        TimelineChart chart = TimelineChart.ofBoot(List.of(
                span(Lane.KERNEL, "k", 0, 100),
                span(Lane.COMMAND, "c", 100, 9_000),
                span(Lane.END, "e", 9_000, 9_100)));
        assertThat(chart.rows()).hasSize(1);
    }

    @Test
    void thousandsOfCommandsAreDrawnAsTheLongest() {
        List<TimelineSpan> spans = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            spans.add(span(Lane.COMMAND, "c" + i, i * 10L, i * 10L + 5));
        }
        assertThat(TimelineChart.ofAll(spans).rows().get(0).bars()).hasSize(300);
    }

    @Test
    @Timeout(60)
    void axisHasAHandfulOfRoundTimes() {
        for (long millis : new long[] {3, 900, 4_321, 60_001, 3_600_000, 86_400_000, Long.MAX_VALUE}) {
            TimelineChart chart = TimelineChart.ofAll(List.of(span(Lane.KERNEL, "k", 0, millis)));
            assertThat(chart.ticks()).as("%d ms", millis).hasSizeBetween(1, 7);
        }
    }

    @Test
    void nothingIsNoChart() {
        assertThat(TimelineChart.ofAll(List.of()).rows()).isEmpty();
    }
}
