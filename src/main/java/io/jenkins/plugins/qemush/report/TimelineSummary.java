package io.jenkins.plugins.qemush.report;

import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Figure;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Kind;
import java.util.List;
import java.util.Locale;

/** What a machine's timeline comes to, in a few words for the build's log. */
public final class TimelineSummary {
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;

    private final List<TimelineEvent> events;

    private TimelineSummary(List<TimelineEvent> events) {
        this.events = events;
    }

    /**
     * @param lines of the engine's timeline
     */
    public static TimelineSummary of(String lines) {
        return new TimelineSummary(TimelineEvent.parse(lines));
    }

    /**
     * How the machine started: {@code stood by}, {@code restored}, {@code booted}, or the latter with the reason why not
     * restored.
     */
    public String start() {
        String start = "booted";
        for (TimelineEvent event : events) {
            if (event.is(Kind.TAKEN)) {
                start = "stood by";
            } else if (event.is(Kind.RESTORED)) {
                start = "restored";
            } else if (event.is(Kind.BOOTED_INSTEAD)) {
                start = "booted, not restored: " + event.detail();
            }
        }
        return start;
    }

    /** What travelled either way so far: {@code files taken in: 12 (1.5 MB); brought back: 3 (0.5 kB), 1 deleted}. */
    public String files() {
        return filesIn() + "; brought back: " + total(Kind.FILES_OUT);
    }

    /** What travelled into the guest so far: {@code files taken in: 12 (1.5 MB)}. */
    public String filesIn() {
        return "files taken in: " + total(Kind.FILES_IN);
    }

    private String total(Kind direction) {
        long files = total(direction, Figure.ENTRIES);
        long deleted = total(direction, Figure.DELETED);
        long bytes = total(direction, Figure.BYTES);
        String size = bytes < MEGA
                ? String.format(Locale.ROOT, "%.1f kB", bytes / KILO)
                : String.format(Locale.ROOT, "%.1f MB", bytes / MEGA);
        String brought = files > 0 ? files + " (" + size + ")" : "none";
        return brought + (deleted > 0 ? ", " + deleted + " deleted" : "");
    }

    private long total(Kind direction, Figure figure) {
        return events.stream()
                .filter(event -> event.is(direction))
                .mapToLong(event -> event.figure(figure))
                .sum();
    }
}
