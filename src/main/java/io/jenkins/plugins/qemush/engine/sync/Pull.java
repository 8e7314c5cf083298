package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Brings the guest's changes to the host, in one command: the guest lists what it has, this side says what it wants,
 * the guest sends it. Deletions come first, then folders, then files, then the folders' modes and times.
 */
final class Pull {

    /** Commands that run meanwhile may take files away between listing and sending; then it is done again. */
    private static final int ROUNDS = 5;

    private static final String PURPOSE = "send the workspace's changes";

    private final WorkspaceSpec spec;
    private final GuestPlace place;
    private final HostFolder folder;
    private final HostSnapshot known;
    private final Agreed agreed;
    private final GuestClock clock;
    /** What was asked for and did not come, as it was listed. */
    private final Map<String, GuestEntry> missing = new TreeMap<>();

    /** The listing, whose end says that it is whole, was all. */
    private boolean nothingToCome;

    private List<String> refused = List.of();
    private int entries;
    private int deletions;
    private long bytes;

    /**
     * @param agreed what both sides had; kept up to date
     * @param clock tells the times of what the guest made; told of this transfer
     */
    Pull(WorkspaceSpec spec, GuestPlace place, Agreed agreed, GuestClock clock) {
        this.spec = spec;
        this.place = place;
        this.folder = new HostFolder(spec.host());
        this.agreed = agreed;
        this.known = agreed.known();
        this.clock = clock;
    }

    void run(GuestDialog dialog) throws IOException, InterruptedException {
        GuestCommand command = GuestScripts.PULL.with(place.state(), place.listed(), place.tree());
        int round = 0;
        do {
            Map<String, GuestEntry> missed = Map.copyOf(missing);
            long asked = GuestClock.hostNow();
            agreed.pulled(dialog.hold(
                    PURPOSE, command, (fromGuest, toGuest) -> talk(asked, fromGuest, toGuest), () -> nothingToCome));
            demandNoneWithheld(missed);
            round++;
        } while (round < ROUNDS && !missing.isEmpty());
    }

    /** What changes all the time may slip away each time, and is left to the next pull. What rests must be sent. */
    private void demandNoneWithheld(Map<String, GuestEntry> missed) throws GuestFailure {
        for (Map.Entry<String, GuestEntry> entry : missing.entrySet()) {
            if (entry.getValue().isSettled() && entry.getValue().equals(missed.get(entry.getKey()))) {
                throw new GuestFailure(
                        "The guest lists " + RawName.forHumans(entry.getKey()) + ", but does not send it.", "");
            }
        }
    }

    private TreeMap<String, GuestEntry> talk(long asked, InputStream fromGuest, OutputStream toGuest)
            throws IOException {
        InputStream in = new BufferedInputStream(fromGuest, 64 * 1024);
        GuestListing reader = new GuestListing(in);
        TreeMap<String, GuestEntry> listing = reader.read();
        GuestChanges changes =
                GuestChanges.between(agreed.before(), listing, known, spec.excludes(), place.isOverlay());
        long room = Math.min(spec.maximumBytes(), folder.freeBytes());
        demandRoom(changes.bytes(), room);
        nothingToCome = changes.needNothing();
        if (nothingToCome) {
            toGuest.write('\n');
        } else {
            ask(toGuest, changes);
            changes.judgeReplaced(reader.readNames());
        }
        toGuest.close();
        delete(changes.deleted);
        boolean nothingToWrite = changes.wanted.isEmpty() && changes.folders.isEmpty();
        long now = nothingToWrite ? asked : folder.clock();
        GuestClock.Reading times = clock.read(asked, reader.heard(), reader.now(), now);
        makeFolders(changes, listing);
        TarIntake intake = new TarIntake(
                folder,
                known,
                spec,
                changes.wanted,
                name -> timeOf(name, changes.wanted.get(name), times),
                changes::refuse,
                room);
        if (!nothingToCome) {
            intake.read(in);
        }
        finishFolders(changes.folders, times);
        clock.transferred(now, GuestClock.hostNow());
        count(changes, intake);
        return listing;
    }

    private long timeOf(String name, GuestEntry entry, GuestClock.Reading times) {
        return agreed.hasKeptItsTime(name, entry) ? known.get(name).modified() : times.toHost(entry.modified());
    }

    private static void demandRoom(long needed, long room) throws GuestFailure {
        if (needed > room) {
            throw new GuestFailure(
                    "The guest's changes have " + needed + " bytes, but there is room for only " + room + ".", "");
        }
    }

    private static void ask(OutputStream toGuest, GuestChanges changes) throws IOException {
        byte[] probes = NameList.of(changes.probes.values());
        byte[] names = NameList.of(changes.wanted.keySet());
        String lengths = probes.length + " " + names.length + "\n";
        toGuest.write(lengths.getBytes(StandardCharsets.US_ASCII));
        toGuest.write(probes);
        toGuest.write(names);
    }

    private void delete(Set<String> names) throws IOException {
        for (String name : names) {
            for (String inside : known.withEverythingIn(name)) {
                if (folder.delete(inside)) {
                    known.remove(inside);
                    deletions++;
                }
            }
        }
    }

    /** The folders around the wanted files count as changed: writing into them alters their times. */
    private void makeFolders(GuestChanges changes, Map<String, GuestEntry> listing) throws IOException {
        for (String name : changes.wanted.keySet()) {
            String parent = RawName.parent(name);
            if (!parent.isEmpty()) {
                changes.folders.putIfAbsent(parent, listing.get(parent));
            }
        }
        for (String name : changes.folders.keySet()) {
            entries += known.get(name) == null ? 1 : 0;
            folder.makeFolder(name);
        }
    }

    private void finishFolders(TreeMap<String, GuestEntry> folders, GuestClock.Reading times) throws IOException {
        for (Map.Entry<String, GuestEntry> entry : folders.descendingMap().entrySet()) {
            FileTime modified = FileTime.from(times.toHost(entry.getValue().modified()), TimeUnit.NANOSECONDS);
            known.put(
                    entry.getKey(),
                    folder.finishFolder(entry.getKey(), entry.getValue().mode() & 0777, modified));
        }
    }

    private void count(GuestChanges changes, TarIntake intake) {
        missing.clear();
        changes.wanted.forEach((name, entry) -> {
            if (!intake.has(name)) {
                missing.put(name, entry);
                changes.again(name);
            }
        });
        refused = changes.refused;
        entries += intake.count();
        bytes += intake.bytes();
    }

    /** @throws GuestFailure naming what was refused, if anything was */
    void demandNothingRefused() throws GuestFailure {
        if (!refused.isEmpty()) {
            throw new GuestFailure(
                    "Refused from the guest's workspace: " + String.join("; ", refused)
                            + ". All else was brought back. Remove it in the guest, or exclude it.",
                    "");
        }
    }

    int entries() {
        return entries;
    }

    int deletions() {
        return deletions;
    }

    long bytes() {
        return bytes;
    }
}
