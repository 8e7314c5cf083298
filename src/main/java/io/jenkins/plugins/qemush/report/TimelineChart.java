package io.jenkins.plugins.qemush.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where the bars of a timeline go. Across in percent, so that the chart fills whatever width there is; down in pixels, so
 * that its text is never scaled.
 *
 * @param height of the whole chart in pixels
 * @param description the chart in words
 */
public record TimelineChart(List<Row> rows, List<Tick> ticks, int height, String description) {
    private static final int ROW = 34;
    private static final int TEXT = 14;
    private static final int BAR = 19;
    private static final int AXIS = 24;

    /** What is shorter would not be seen. */
    private static final double THINNEST = 0.4;

    private static final int MOST_TICKS = 6;

    /** Round times in milliseconds, up to four hours. */
    private static final List<Long> STEPS = List.of(
            10L,
            20L,
            50L,
            100L,
            200L,
            500L,
            1_000L,
            2_000L,
            5_000L,
            10_000L,
            20_000L,
            60_000L,
            120_000L,
            300_000L,
            600_000L,
            1_200_000L,
            3_600_000L,
            7_200_000L,
            14_400_000L);

    /** The parallel commands that are drawn beside each other; more share the last row. */
    private static final int MOST_ROWS = 8;

    /** The bars of one chart; the table behind it has the others. */
    private static final int MOST_BARS = 300;

    /** A row: its text stands above its bars. */
    public record Row(String label, int textY, int barY, List<Bar> bars) {}

    /** A bar; {@code x} and {@code width} in percent. */
    public record Bar(String x, String width, String style, String title) {}

    /** A line of the time axis. */
    public record Tick(String x, String label, String anchor) {}

    /** A chart of the way to the first command. */
    static TimelineChart ofBoot(List<TimelineSpan> spans) {
        long firstCommand = spans.stream()
                .filter(span -> span.lane() == Lane.COMMAND)
                .mapToLong(TimelineSpan::start)
                .min()
                .orElse(Long.MAX_VALUE);
        return of(spans, span -> span.start() < firstCommand && span.lane() != Lane.END);
    }

    /** A chart of everything. */
    static TimelineChart ofAll(List<TimelineSpan> spans) {
        return of(spans, span -> true);
    }

    private static TimelineChart of(List<TimelineSpan> all, Predicate<TimelineSpan> wanted) {
        List<TimelineSpan> spans = all.stream()
                .filter(wanted)
                .sorted(Comparator.comparingLong(TimelineSpan::millis).reversed())
                .limit(MOST_BARS)
                .sorted(Comparator.comparingLong(TimelineSpan::start))
                .toList();
        if (spans.isEmpty()) {
            return new TimelineChart(List.of(), List.of(), 0, "");
        }
        long from = spans.get(0).start();
        long to = spans.stream().mapToLong(TimelineSpan::end).max().orElseThrow();
        double percent = 100.0 / Math.max(1, to - from);
        List<Row> rows = new ArrayList<>();
        lanes(spans).forEach((label, lane) -> {
            int y = rows.size() * ROW;
            List<Bar> bars = lane.stream().map(span -> bar(span, from, percent)).toList();
            rows.add(new Row(label, y + TEXT, y + BAR, bars));
        });
        String description = spans.stream()
                .limit(12)
                .map(span -> span.title() + " " + span.getDuration())
                .collect(Collectors.joining(", "));
        return new TimelineChart(rows, ticks(to - from, percent), rows.size() * ROW + AXIS, description);
    }

    /** The spans by row; those that run at the same time in rows of their own. */
    private static Map<String, List<TimelineSpan>> lanes(List<TimelineSpan> spans) {
        Map<String, List<TimelineSpan>> rows = new LinkedHashMap<>();
        for (Lane lane : Lane.values()) {
            for (TimelineSpan span : spans) {
                if (span.lane() == lane) {
                    row(rows, lane, span).add(span);
                }
            }
        }
        return rows;
    }

    private static List<TimelineSpan> row(Map<String, List<TimelineSpan>> rows, Lane lane, TimelineSpan span) {
        for (int number = 1; ; number++) {
            String label = number == 1 ? lane.title() : lane.title() + " (" + number + ")";
            List<TimelineSpan> row = rows.computeIfAbsent(label, key -> new ArrayList<>());
            if (row.isEmpty() || row.get(row.size() - 1).end() <= span.start() || number == MOST_ROWS) {
                return row;
            }
        }
    }

    private static Bar bar(TimelineSpan span, long from, double percent) {
        double width = Math.max(THINNEST, span.millis() * percent);
        double x = Math.min((span.start() - from) * percent, 100 - width);
        String title = span.title() + ": " + span.getDuration() + (span.result().isEmpty() ? "" : ", " + span.result());
        return new Bar(
                number(x), number(width), span.failed() ? "failed" : span.lane().style(), title);
    }

    private static List<Tick> ticks(long millis, double percent) {
        long step = STEPS.stream()
                .filter(wide -> millis / wide < MOST_TICKS)
                .findFirst()
                .orElse(STEPS.get(STEPS.size() - 1) * (1 + millis / MOST_TICKS / STEPS.get(STEPS.size() - 1)));
        List<Tick> ticks = new ArrayList<>();
        // Counted, not added up: a sum of times that an agent told could wrap around and never end.
        for (int number = 0; number <= Math.min(millis / step, MOST_TICKS); number++) {
            double x = number * step * percent;
            ticks.add(new Tick(number(x), label(number * step), number == 0 ? "start" : x > 94 ? "end" : "middle"));
        }
        return ticks;
    }

    private static String label(long millis) {
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%s s", number(millis / 1000.0));
        }
        return TimelineSpan.duration(millis);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", Math.max(0, value));
        return text.replaceAll("\\.?0+$", "");
    }
}
