package io.jenkins.plugins.qemush.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a machine's timeline comes to, in a few words for the build's log. */
public final class TimelineSummary {
    /** What the engine tells of a transfer. */
    private static final Pattern TRANSFER = Pattern.compile("(\\d+) changed, (\\d+) deleted, ([0-9.]+) (k|M)B in ");

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
            if (event.event().equals("taken")) {
                start = "stood by";
            } else if (event.event().equals("restored")) {
                start = "restored";
            } else if (event.event().equals("booted_instead")) {
                start = "booted, not restored: " + event.detail();
            }
        }
        return start;
    }

    /** What travelled either way so far: {@code files in: 12 (1.5 MB); out: 3 (0.5 kB), 1 deleted}. */
    public String files() {
        return "files in: " + total("files_in") + "; out: " + total("files_out");
    }

    /** What travelled into the guest so far: {@code files in: 12 (1.5 MB)}. */
    public String filesIn() {
        return "files in: " + total("files_in");
    }

    private String total(String direction) {
        long files = 0;
        long deleted = 0;
        double bytes = 0;
        for (TimelineEvent event : events) {
            Matcher transfer = TRANSFER.matcher(event.detail());
            if (event.event().equals(direction) && transfer.find()) {
                files += Long.parseLong(transfer.group(1));
                deleted += Long.parseLong(transfer.group(2));
                bytes += Double.parseDouble(transfer.group(3))
                        * (transfer.group(4).equals("k") ? KILO : MEGA);
            }
        }
        String size = bytes < MEGA
                ? String.format(Locale.ROOT, "%.1f kB", bytes / KILO)
                : String.format(Locale.ROOT, "%.1f MB", bytes / MEGA);
        return files + (files > 0 ? " (" + size + ")" : "") + (deleted > 0 ? ", " + deleted + " deleted" : "");
    }
}
