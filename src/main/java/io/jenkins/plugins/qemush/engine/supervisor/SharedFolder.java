package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.sync.Excludes;
import io.jenkins.plugins.qemush.engine.sync.GuestOwner;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import io.jenkins.plugins.qemush.engine.sync.WorkspaceSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of the host that commands find in the guest.
 *
 * @param host absolute
 * @param guestDirectory where it appears in the guest, absolute
 * @param user who owns its files there
 * @param excludes Ant patterns of what travels in neither direction
 * @param policy what becomes of what should not, or cannot, come back
 */
public record SharedFolder(
        Path host, String guestDirectory, String user, List<String> excludes, SyncMode mode, SyncPolicy policy) {
    public SharedFolder {
        excludes = List.copyOf(excludes);
        // A message of another version of this program may have none.
        policy = policy == null ? SyncPolicy.DEFAULT : policy;
    }

    public SharedFolder(Path host, String guestDirectory, String user, List<String> excludes, SyncMode mode) {
        this(host, guestDirectory, user, excludes, mode, SyncPolicy.DEFAULT);
    }

    /**
     * Demands that two folders have no files in common: one folder would overwrite or hide what the other brings.
     *
     * @throws HostFailure when one is the other or within it, on the host or in the guest
     */
    public void demandApartFrom(SharedFolder other) throws HostFailure {
        if (isOneWithin(realPath(host), realPath(other.host))) {
            throw new HostFailure(
                    "The folders " + host + " and " + other.host
                            + " have files in common: one is the other or within it.",
                    "Leave one of them out.");
        }
        if (overlapsInGuest(other)) {
            throw new HostFailure(
                    "The folders " + host + " and " + other.host + " cannot be at " + guestDirectory + " and "
                            + other.guestDirectory + " in the guest: one would hide files of the other.",
                    "Name another place for one of them: --sync DIR:GUESTDIR");
        }
    }

    /** Where it appears in the guest, however that is written. */
    Path place() {
        return Path.of(guestDirectory).normalize();
    }

    /** Whether one of the two folders is at the other's place in the guest, or within it. */
    boolean overlapsInGuest(SharedFolder other) {
        return isOneWithin(place(), other.place());
    }

    private static boolean isOneWithin(Path one, Path other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    /** A link and the folder that it leads to are one. */
    private static Path realPath(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            // What is wrong with it is told when it is taken into the guest.
            return folder;
        }
    }

    SharedFolder with(SyncPolicy other) {
        return new SharedFolder(host, guestDirectory, user, excludes, mode, other);
    }

    WorkspaceSpec spec() {
        return new WorkspaceSpec(
                host,
                guestDirectory,
                GuestOwner.named(user),
                Excludes.of(excludes.toArray(String[]::new)),
                mode,
                Long.MAX_VALUE);
    }
}
