package io.jenkins.plugins.qemush.engine.sync;

import java.nio.file.Path;

/**
 * What to synchronise, and how.
 *
 * @param host the folder on this side; must exist
 * @param guestDirectory where it appears in the guest: absolute; whatever the image has there is hidden
 * @param owner who owns the files in the guest
 * @param excludes what travels in neither direction
 * @param maximumBytes the most that one pull may write; further limited by the host's free space
 */
public record WorkspaceSpec(
        Path host, String guestDirectory, GuestOwner owner, Excludes excludes, SyncMode mode, long maximumBytes) {

    public WorkspaceSpec {
        if (!guestDirectory.startsWith("/") || guestDirectory.matches("/*")) {
            throw new IllegalArgumentException("Not an absolute directory below /: " + guestDirectory);
        }
        host = host.toAbsolutePath().normalize();
    }

    /** The folder at the same path in the guest, the best way there is, everything, limited by free space alone. */
    public static WorkspaceSpec of(Path host, String user) {
        Path folder = host.toAbsolutePath().normalize();
        return new WorkspaceSpec(
                folder, folder.toString(), GuestOwner.named(user), Excludes.NONE, SyncMode.AUTO, Long.MAX_VALUE);
    }

    WorkspaceSpec ownedBy(GuestOwner other) {
        return new WorkspaceSpec(host, guestDirectory, other, excludes, mode, maximumBytes);
    }
}
