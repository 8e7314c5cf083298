package io.jenkins.plugins.qemush.report;

import java.util.Locale;

/**
 * A piece of a machine's timeline.
 *
 * @param title for people
 * @param start epoch milliseconds
 * @param end likewise; now, for what is not over
 * @param result what came of it; empty for most
 * @param failed whether that is nothing good
 * @param over false for what still goes on
 */
public record TimelineSpan(Lane lane, String title, long start, long end, String result, boolean failed, boolean over) {
    private static final int MINUTE = 60_000;

    long millis() {
        return Math.max(0, end - start);
    }

    /** How long it took, for people. */
    public String getDuration() {
        return duration(millis()) + (over ? "" : " …");
    }

    public String getTitle() {
        return title;
    }

    public String getResult() {
        return result;
    }

    static String duration(long millis) {
        if (millis < MINUTE) {
            return String.format(Locale.ROOT, millis < 10_000 ? "%.2f s" : "%.1f s", millis / 1000.0);
        }
        long seconds = Math.round(millis / 1000.0);
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds % 3600 / 60);
    }
}
