package io.jenkins.plugins.qemush.engine.sync;

import java.io.IOException;
import java.util.Map;

/** Deletes on the host what the guest deleted, but no file that is newer than the one that the guest knew. */
final class HostDeletions {

    private final HostFolder folder;
    private final Agreed agreed;
    private final HostConflicts conflicts;
    private final PullProblems problems;
    private int count;

    HostDeletions(HostFolder folder, Agreed agreed, HostConflicts conflicts, PullProblems problems) {
        this.folder = folder;
        this.agreed = agreed;
        this.conflicts = conflicts;
        this.problems = problems;
    }

    /** @param listing what the guest has; what could not be deleted is put into it, so that it is missed the next time */
    void run(GuestChanges changes, Map<String, GuestEntry> listing) throws IOException {
        HostSnapshot known = agreed.known();
        for (String name : changes.deleted) {
            for (String inside : known.withEverythingIn(name)) {
                try {
                    if (folder.delete(inside, conflicts)) {
                        known.remove(inside);
                        count++;
                    } else if (known.get(inside) != null && known.get(inside).type() != EntryType.DIRECTORY) {
                        forget(inside, name);
                    }
                } catch (IOException e) {
                    problems.fail(inside, e);
                    missAgain(name, changes, listing);
                }
            }
        }
    }

    /** What the host keeps goes to the guest with the next push, and the folders around it, which the guest has deleted. */
    private void forget(String kept, String deleted) {
        for (String name = kept; (name + '/').startsWith(deleted + '/'); name = RawName.parent(name)) {
            agreed.known().remove(name);
        }
    }

    /** A deletion shows in what the next listing lacks, or in the folder around it. */
    private void missAgain(String name, GuestChanges changes, Map<String, GuestEntry> listing) {
        GuestEntry before = agreed.before().get(name);
        if (before != null) {
            listing.putIfAbsent(name, before);
        }
        changes.again(name);
        changes.again(RawName.parent(name));
    }

    int count() {
        return count;
    }
}
