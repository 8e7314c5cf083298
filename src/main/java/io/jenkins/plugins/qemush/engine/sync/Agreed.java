package io.jenkins.plugins.qemush.engine.sync;

import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What both sides had when they last agreed. A transfer that fails leaves it, so the next one does the work again. */
final class Agreed {

    /** As the host sees it. */
    private HostSnapshot known;
    /** As the guest sees what has changed there since the workspace entered. */
    private TreeMap<String, GuestEntry> before = new TreeMap<>();
    /** The times of what has not. */
    private final WholeSeconds times;

    /**
     * @param known what the guest has already
     * @param times how the guest sees its times
     */
    Agreed(HostSnapshot known, WholeSeconds times) {
        this.known = known;
        this.times = times;
    }

    static Agreed onNothing() {
        return new Agreed(HostSnapshot.empty(), WholeSeconds.NONE);
    }

    HostSnapshot known() {
        return known;
    }

    TreeMap<String, GuestEntry> before() {
        return before;
    }

    void pushed(HostSnapshot now) {
        known = now;
    }

    /** Has the next pull take these entries as changed. */
    void lookAgainAt(Set<String> names) {
        names.forEach(name -> before.computeIfPresent(name, (same, entry) -> entry.unsettled()));
    }

    void pulled(TreeMap<String, GuestEntry> listing) {
        before = listing;
    }

    /** Whether the guest left a file's time alone, though it may have changed its mode or name or even content. */
    boolean hasKeptItsTime(String name, GuestEntry entry) {
        HostEntry host = known.get(name);
        if (host == null || host.type() != EntryType.FILE) {
            return false;
        }
        GuestEntry last = before.get(name);
        long time = last == null ? TimeUnit.SECONDS.toNanos(times.of(name, host)) : last.modified();
        return entry.modified() == time;
    }
}
