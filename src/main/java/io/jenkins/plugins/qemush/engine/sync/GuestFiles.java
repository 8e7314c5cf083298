package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeMap;

/** Keeps a workspace in the guest and the host's folder the same. Transfers take turns. */
final class GuestFiles implements GuestWorkspace {

    private final WorkspaceSpec spec;
    private final GuestDialog dialog;
    private final GuestPlace place;
    private final String note;
    /** What both sides had when they last agreed, as the host sees it. */
    private HostSnapshot known;
    /** The same as the guest sees it. A transfer that fails leaves it, so the next one does the work again. */
    private TreeMap<String, GuestEntry> before = new TreeMap<>();

    /** @param known what the guest has already */
    GuestFiles(WorkspaceSpec spec, GuestShell shell, GuestPlace place, HostSnapshot known, String note) {
        this.spec = spec;
        this.dialog = new GuestDialog(shell);
        this.place = place;
        this.known = known;
        this.note = note;
    }

    @Override
    public synchronized SyncReport push() throws IOException, InterruptedException {
        long start = System.nanoTime();
        HostSnapshot now = HostSnapshot.take(spec.host(), spec.excludes());
        HostChanges changes = known.changesTo(now);
        long bytes = 0;
        if (!changes.isEmpty()) {
            bytes = new Push(spec, place, changes, now, before).run(dialog);
            known = now;
        }
        return report(changes.changed().size(), changes.deleted().size(), bytes, start);
    }

    @Override
    public synchronized SyncReport pull() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Pull pull = new Pull(spec, place, known, before);
        before = pull.run(dialog);
        pull.demandNothingRefused();
        return report(pull.entries(), pull.deletions(), pull.bytes(), start);
    }

    @Override
    public synchronized SyncReport entered(Duration took) {
        return new SyncReport(place.way(), known.names().size(), 0, known.bytes(), took, note);
    }

    private SyncReport report(int entries, int deleted, long bytes, long start) {
        return new SyncReport(place.way(), entries, deleted, bytes, Duration.ofNanos(System.nanoTime() - start), note);
    }
}
