package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/** Reads what {@code list} in {@code lib.sh} prints. */
final class GuestListing {

    /** Far above any real workspace; a guest must not fill this process's memory. */
    private static final long MAXIMUM_BYTES = 256L << 20;

    private static final int PATH_MAX = 4096;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    /** The first line of the next record, already read; null when there is none. */
    private String pending;

    private long budget = MAXIMUM_BYTES;
    private long now;
    private long heard;

    GuestListing(InputStream in) {
        this.in = in;
    }

    /** All entries by their relative names; the one that was listed itself is left out. Parents come first. */
    TreeMap<String, GuestEntry> read() throws IOException {
        TreeMap<String, GuestEntry> entries = new TreeMap<>();
        String clock = readTime("//now ");
        heard = GuestClock.hostNow();
        for (String record = record(); !record.startsWith("//end "); record = record()) {
            add(record, clock, entries);
        }
        return entries;
    }

    /** The time by which a push had stamped what it brought. */
    long readStamped() throws IOException {
        readTime("//stamped ");
        return now;
    }

    private String readTime(String label) throws IOException {
        String record = record();
        if (record.startsWith("//lacks ")) {
            throw new GuestFailure(
                    "Files cannot travel: the guest lacks " + record.substring("//lacks ".length())
                            + ". docs/image-format.md says what a guest must have.",
                    "");
        }
        if (!record.startsWith(label)) {
            throw misunderstood(record, null);
        }
        String time = record.substring(label.length());
        try {
            now = GuestTime.parse(time);
        } catch (NumberFormatException e) {
            throw misunderstood(record, e);
        }
        return time;
    }

    /** The guest's clock when it began to list. */
    long now() {
        return now;
    }

    /** The host's clock when that was heard. */
    long heard() {
        return heard;
    }

    /** The plain names that {@code probe} in {@code pull.sh} prints. */
    Set<String> readNames() throws IOException {
        Set<String> names = new HashSet<>();
        for (String record = record(); !record.startsWith("//end "); record = record()) {
            names.add(relative(record.substring(2)));
        }
        return names;
    }

    private static void add(String record, String now, TreeMap<String, GuestEntry> entries) throws IOException {
        // The third bar ends the fields; a name may have more of them.
        int bar = record.indexOf('|', record.indexOf('|', record.indexOf('|') + 1) + 1);
        try {
            GuestEntry entry = GuestEntry.parse(record.substring(2, Math.max(bar, 2)));
            String name = relative(record.substring(bar + 1));
            if (!name.isEmpty()) {
                entries.put(name, entry.changed().compareTo(now) < 0 ? entry : entry.unsettled());
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw misunderstood(record, e);
        }
    }

    /** Strips the "./", and accepts nothing that could lead elsewhere. */
    static String relative(String path) throws GuestFailure {
        String name = path.startsWith("./") ? path.substring(2) : path;
        if (name.equals(".")) {
            return "";
        }
        boolean wellFormed = !name.isEmpty() && name.length() < PATH_MAX && name.indexOf('\0') < 0;
        for (String part : name.split("/", -1)) {
            wellFormed &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!wellFormed) {
            throw new GuestFailure(
                    "The guest sent a file name that leads out of the workspace: " + RawName.forHumans(path), "");
        }
        return name;
    }

    /** A record ends before the next line that starts with "//"; the "//end" record with its own line. */
    private String record() throws IOException {
        String text = pending == null ? line() : pending;
        if (!text.startsWith("//")) {
            throw misunderstood(text, null);
        }
        pending = null;
        if (text.startsWith("//lacks ")) {
            return text;
        }
        if (text.startsWith("//end ")) {
            demandComplete(text);
            return text;
        }
        StringBuilder whole = new StringBuilder(text);
        for (pending = line(); !pending.startsWith("//"); pending = line()) {
            whole.append('\n').append(pending);
        }
        return whole.toString();
    }

    private String line() throws IOException {
        line.reset();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || --budget < 0) {
                throw new GuestFailure(
                        next < 0
                                ? "The guest's list of files broke off."
                                : "The guest's list of files has no end; more than " + MAXIMUM_BYTES + " bytes came.",
                        "");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static void demandComplete(String end) throws GuestFailure {
        if (!end.equals("//end 0")) {
            throw new GuestFailure("The guest could not list its files (exit status " + end.substring(6) + ").", "");
        }
    }

    private static GuestFailure misunderstood(String text, Exception origin) {
        return new GuestFailure("The guest's list of files makes no sense at " + RawName.forHumans(text), "", origin);
    }
}
