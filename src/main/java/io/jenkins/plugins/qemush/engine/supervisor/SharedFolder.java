package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.sync.Excludes;
import io.jenkins.plugins.qemush.engine.sync.GuestOwner;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import io.jenkins.plugins.qemush.engine.sync.WorkspaceSpec;
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
