package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Takes the host's changes to the guest, in one command: what to delete, then a tar of what is new. */
final class Push {

    private final WorkspaceSpec spec;
    private final GuestPlace place;
    private final HostChanges changes;
    private final HostSnapshot now;
    private final Map<String, GuestEntry> before;
    private long bytes;

    /**
     * @param now the host's folder, taken before
     * @param before what both sides had, as the guest sees it; kept up to date
     */
    Push(WorkspaceSpec spec, GuestPlace place, HostChanges changes, HostSnapshot now, Map<String, GuestEntry> before) {
        this.spec = spec;
        this.place = place;
        this.changes = changes;
        this.now = now;
        this.before = before;
    }

    /** @return the bytes of content sent */
    long run(GuestDialog dialog) throws IOException, InterruptedException {
        byte[] deletions = NameList.of(changes.deleted());
        GuestCommand command =
                GuestScripts.PUSH.with(place.state(), place.listed(), place.tree(), String.valueOf(deletions.length));
        Map<String, GuestEntry> listing = dialog.hold(
                "take the workspace's changes", command, (fromGuest, toGuest) -> talk(deletions, fromGuest, toGuest));
        remember(listing);
        return bytes;
    }

    private Map<String, GuestEntry> talk(byte[] deletions, InputStream fromGuest, OutputStream toGuest)
            throws IOException {
        toGuest.write(deletions);
        bytes = new HostTar(spec.host(), now, spec.owner()).write(changes.changed(), toGuest);
        toGuest.close();
        return new GuestListing(new BufferedInputStream(fromGuest)).read();
    }

    /** What arrived as it was sent is no change of the guest's. */
    private void remember(Map<String, GuestEntry> listing) {
        changes.deleted().forEach(before::remove);
        for (String name : changes.changed()) {
            GuestEntry arrived = listing.get(name);
            if (arrived != null && isAsSent(arrived, now.get(name))) {
                before.put(name, arrived);
            }
        }
    }

    private static boolean isAsSent(GuestEntry arrived, HostEntry sent) {
        if (arrived.type() != sent.type()) {
            return false;
        }
        boolean sameTime = arrived.modified() == Math.floorDiv(sent.modified(), 1000);
        return sent.type() != EntryType.FILE || sameTime && arrived.size() == sent.size();
    }
}
