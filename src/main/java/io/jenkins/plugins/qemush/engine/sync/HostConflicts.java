package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Sees, right before what the guest did is done to a file of the host, that the host has changed the file as well since both
 * sides last had the same.
 */
final class HostConflicts implements HostFolder.Guard {

    private final HostSnapshot known;
    private final SyncPolicy.Conflicts choice;
    private final PullProblems problems;

    HostConflicts(HostSnapshot known, SyncPolicy policy, PullProblems problems) {
        this.known = known;
        this.choice = policy.conflicts();
        this.problems = problems;
    }

    @Override
    public void beforeReplacing(String name, Path target, Path by) throws IOException {
        if (!hasChanged(name, target) || areEqual(target, by)) {
            return;
        }
        if (choice == SyncPolicy.Conflicts.FAIL) {
            throw new HostFailure(
                    RawName.forHumans(name) + " was changed in the guest and here meanwhile; the one here stays.",
                    "Have only one side, or only one of several parallel blocks, write such a file.");
        }
        problems.warn(PullProblems.Warning.CONFLICT, name, "");
    }

    /** Whether a file that the guest deleted stays, because the host has a newer one by now. Told, if so. */
    boolean keeps(String name, Path target) throws IOException {
        if (!hasChanged(name, target)) {
            return false;
        }
        if (choice == SyncPolicy.Conflicts.FAIL) {
            problems.fail(
                    name,
                    new HostFailure(
                            RawName.forHumans(name) + " was deleted in the guest and changed here meanwhile; it stays.",
                            "Have only one side, or only one of several parallel blocks, change such a file."));
        } else {
            problems.warn(PullProblems.Warning.KEPT, name, "");
        }
        return true;
    }

    private boolean hasChanged(String name, Path target) throws IOException {
        if (choice == SyncPolicy.Conflicts.OVERWRITE || Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        HostEntry now = HostEntry.of(target);
        HostEntry last = known.get(name);
        return now.type() != EntryType.DIRECTORY && (last == null || !last.sameButForMode(now));
    }

    private static boolean areEqual(Path one, Path other) throws IOException {
        boolean links = Files.isSymbolicLink(one);
        if (links != Files.isSymbolicLink(other)) {
            return false;
        }
        return links
                ? Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other))
                : HostEntry.of(one).type() == EntryType.FILE && Files.mismatch(one, other) < 0;
    }
}
