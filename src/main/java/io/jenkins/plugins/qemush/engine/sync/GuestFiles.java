package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Keeps a workspace in the guest and the host's folder the same. Transfers take turns. */
final class GuestFiles implements GuestWorkspace {

    private final WorkspaceSpec spec;
    private final GuestDialog dialog;
    private final GuestPlace place;
    private final String note;
    private final Agreed agreed;
    private final GuestClock clock = new GuestClock(GuestClock.hostNow());

    /** What was warned of, by the entry's name. */
    private final Map<String, String> told = new HashMap<>();

    private SyncPolicy lastPolicy = SyncPolicy.DEFAULT;

    /** @param agreed what the guest has already */
    GuestFiles(WorkspaceSpec spec, GuestShell shell, GuestPlace place, Agreed agreed, String note) {
        this.spec = spec;
        this.dialog = new GuestDialog(shell);
        this.place = place;
        this.agreed = agreed;
        clock.transferred(agreed.known().newest(), GuestClock.hostNow());
        this.note = note;
    }

    @Override
    public synchronized SyncReport push() throws IOException, InterruptedException {
        long start = System.nanoTime();
        HostSnapshot now = HostSnapshot.take(spec.host(), spec.excludes());
        HostChanges changes = agreed.known().changesTo(now);
        long bytes = 0;
        if (!changes.isEmpty()) {
            bytes = new Push(spec, place, changes, now, agreed).run(dialog);
            agreed.pushed(now);
            clock.transferred(now.newest(), GuestClock.hostNow());
        }
        return report(changes.changed().size(), changes.deleted().size(), bytes, start);
    }

    @Override
    public synchronized SyncReport pull(SyncPolicy policy) throws IOException, InterruptedException {
        long start = System.nanoTime();
        if (!policy.equals(lastPolicy)) {
            // What was left behind may come back now.
            agreed.lookAgainAt(told.keySet());
            told.clear();
            lastPolicy = policy;
        }
        PullProblems problems = new PullProblems(spec.host(), told);
        Pull pull = new Pull(spec, place, agreed, clock, policy, problems);
        pull.run(dialog);
        return report(pull.entries(), pull.deletions(), pull.bytes(), start).with(problems);
    }

    @Override
    public synchronized SyncReport entered(Duration took) {
        return new SyncReport(
                place.way(), agreed.known().names().size(), 0, agreed.known().bytes(), took, note);
    }

    private SyncReport report(int entries, int deleted, long bytes, long start) {
        return new SyncReport(place.way(), entries, deleted, bytes, Duration.ofNanos(System.nanoTime() - start), note);
    }
}
