package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Takes the host's changes to the guest, in one command: what to delete, then a tar of what is new.
 *
 * <p>What was written on the host since the last push gets the guest's time of its arrival, moment by moment: then it is
 * newer than all that the guest had made of the old one and older than what it will make, whatever the two clocks say.
 */
final class Push {

    private final WorkspaceSpec spec;
    private final GuestPlace place;
    private final HostChanges changes;
    private final HostSnapshot now;
    private final Agreed agreed;
    private final WholeSeconds times;
    private final Set<String> stamped;
    /** What the guest reads, one after the other: names to delete, names by mode, names by moment. */
    private final List<byte[]> lists = new ArrayList<>();

    private final List<String> modes = new ArrayList<>();
    private final List<String> moments = new ArrayList<>();
    private long bytes;

    /**
     * @param now the host's folder, taken before
     * @param agreed what both sides had; kept up to date
     */
    Push(WorkspaceSpec spec, GuestPlace place, HostChanges changes, HostSnapshot now, Agreed agreed) {
        this.spec = spec;
        this.place = place;
        this.changes = changes;
        this.now = now;
        this.agreed = agreed;
        this.times = WholeSeconds.of(now, changes.changed());
        List<String> fresh = agreed.known().writtenSince(now, changes.changed());
        this.stamped = new HashSet<>(fresh);
        lists.add(NameList.of(changes.deleted()));
        listModes();
        for (List<String> moment : Moments.of(fresh, name -> now.get(name).modified())) {
            moments.add(list(moment));
        }
    }

    private void listModes() {
        Map<Integer, List<String>> byMode = changes.modes().stream()
                .collect(Collectors.groupingBy(name -> now.get(name).mode(), TreeMap::new, Collectors.toList()));
        byMode.forEach((mode, names) -> modes.add(Integer.toOctalString(mode) + ' ' + list(names)));
    }

    /** @return its length */
    private String list(List<String> names) {
        byte[] list = NameList.of(names);
        lists.add(list);
        return String.valueOf(list.length);
    }

    /** @return the bytes of content sent */
    long run(GuestDialog dialog) throws IOException, InterruptedException {
        GuestCommand command = GuestScripts.PUSH.with(
                place.state(),
                place.listed(),
                place.tree(),
                String.valueOf(lists.get(0).length),
                String.join(" ", modes),
                String.join(" ", moments),
                changes.changed().isEmpty() ? "" : "files");
        dialog.hold("take the workspace's changes", command, this::talk);
        return bytes;
    }

    private Void talk(InputStream fromGuest, OutputStream toGuest) throws IOException {
        for (byte[] list : lists) {
            toGuest.write(list);
        }
        if (!changes.changed().isEmpty()) {
            bytes = new HostTar(spec.host(), now, spec.owner(), times).write(changes.changed(), toGuest);
        }
        toGuest.close();
        GuestListing reader = new GuestListing(new BufferedInputStream(fromGuest));
        long stampedBy = reader.readStamped();
        remember(reader.read(), stampedBy);
        return null;
    }

    /** What arrived as it was sent is no change of the guest's. */
    private void remember(Map<String, GuestEntry> listing, long stampedBy) {
        changes.deleted().forEach(agreed.before()::remove);
        for (String name : changes.changed()) {
            GuestEntry arrived = listing.get(name);
            if (arrived != null && isAsSent(name, arrived, stampedBy)) {
                agreed.before().put(name, arrived);
            }
        }
        for (String name : changes.modes()) {
            GuestEntry arrived = listing.get(name);
            if (arrived != null && isAsBefore(name, arrived)) {
                agreed.before().put(name, arrived);
            }
        }
    }

    private boolean isAsSent(String name, GuestEntry arrived, long stampedBy) {
        HostEntry sent = now.get(name);
        if (arrived.type() != sent.type() || sent.type() != EntryType.FILE) {
            return arrived.type() == sent.type();
        }
        boolean rightTime = stamped.contains(name)
                ? arrived.modified() <= stampedBy
                : arrived.modified() == TimeUnit.SECONDS.toNanos(times.of(name, sent));
        return rightTime && arrived.size() == sent.size();
    }

    private boolean isAsBefore(String name, GuestEntry arrived) {
        HostEntry sent = now.get(name);
        boolean same = sent.type() == EntryType.DIRECTORY
                || arrived.size() == sent.size() && agreed.hasKeptItsTime(name, arrived);
        return arrived.type() == sent.type() && arrived.mode() == sent.mode() && same;
    }
}
