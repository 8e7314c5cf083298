package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
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
    private final HostConflicts conflicts;
    private final HostFolder folder;
    private final HostSnapshot known;
    private final Agreed agreed;
    private final GuestClock clock;
    /** What was asked for and did not come, as it was listed. */
    private final Map<String, GuestEntry> missing = new TreeMap<>();

    private final SyncPolicy policy;
    private final PullProblems problems;

    /** The listing, whose end says that it is whole, was all. */
    private boolean nothingToCome;

    private int entries;
    private int deletions;
    private long bytes;

    /**
     * @param agreed what both sides had; kept up to date
     * @param clock tells the times of what the guest made; told of this transfer
     * @param problems told of what does not come back, or not as it was
     */
    Pull(
            WorkspaceSpec spec,
            GuestPlace place,
            Agreed agreed,
            GuestClock clock,
            SyncPolicy policy,
            PullProblems problems) {
        this.spec = spec;
        this.place = place;
        this.conflicts = new HostConflicts(agreed.known(), policy, problems);
        this.folder = new HostFolder(spec.host(), conflicts);
        this.agreed = agreed;
        this.known = agreed.known();
        this.clock = clock;
        this.policy = policy;
        this.problems = problems;
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
        long room = Math.min(spec.maximumBytes(), folder.freeBytes());
        GuestChanges changes = GuestChanges.between(
                agreed.before(), listing, known, spec.excludes(), place.isOverlay(), policy, problems);
        makeRoom(changes, room);
        nothingToCome = changes.needNothing();
        if (nothingToCome) {
            toGuest.write('\n');
        } else {
            ask(toGuest, changes);
            changes.judgeReplaced(reader.readNames());
        }
        toGuest.close();
        HostDeletions removal = new HostDeletions(folder, agreed, conflicts, problems);
        removal.run(changes, listing);
        deletions += removal.count();
        boolean nothingToWrite = changes.wanted.isEmpty() && changes.folders.isEmpty();
        long now = nothingToWrite ? asked : hostClock(asked);
        GuestClock.Reading times = clock.read(asked, reader.heard(), reader.now(), now);
        Map<Object, List<String>> files = place.namesTogether() && !nothingToCome ? known.files() : Map.of();
        makeFolders(changes, listing);
        TarIntake intake = new TarIntake(
                folder,
                known,
                LinkTarget.of(spec),
                policy,
                changes.wanted,
                name -> timeOf(name, changes.wanted.get(name), times),
                problems,
                room);
        if (!nothingToCome) {
            intake.read(in);
        }
        keepNamesTogether(files, intake, listing);
        finishFolders(changes.folders, times);
        clock.transferred(now, GuestClock.hostNow());
        count(changes, intake);
        return listing;
    }

    /** The folder itself may be one that nobody can write to; what is in it may not. */
    private long hostClock(long otherwise) {
        try {
            return folder.clock();
        } catch (IOException e) {
            System.getLogger(Pull.class.getName()).log(System.Logger.Level.DEBUG, "no clock of the folder", e);
            return otherwise;
        }
    }

    private long timeOf(String name, GuestEntry entry, GuestClock.Reading times) {
        return agreed.hasKeptItsTime(name, entry) ? known.get(name).modified() : times.toHost(entry.modified());
    }

    /** What there is no room for stays in the guest, the largest first; the rest comes. */
    private void makeRoom(GuestChanges changes, long room) throws IOException {
        long needed = changes.bytes();
        while (needed > room) {
            Map.Entry<String, GuestEntry> largest = changes.largest();
            changes.wanted.remove(largest.getKey());
            needed -= largest.getValue().size();
            problems.fail(
                    largest.getKey(),
                    new HostFailure(
                            RawName.forHumans(largest.getKey()) + " has "
                                    + largest.getValue().size() + " bytes, and there is room for only " + room
                                    + " in all that the guest changed, on the disk of " + spec.host() + ".",
                            "Free space there, or leave it out: --sync-exclude."));
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

    /** The folders around the wanted files count as changed: writing into them alters their times. */
    private void makeFolders(GuestChanges changes, Map<String, GuestEntry> listing) throws IOException {
        for (String name : changes.wanted.keySet()) {
            String parent = RawName.parent(name);
            if (!parent.isEmpty()) {
                changes.folders.putIfAbsent(parent, listing.get(parent));
            }
        }
        for (String name : changes.folders.keySet()) {
            int fresh = known.get(name) == null ? 1 : 0;
            try {
                folder.makeFolder(name);
                entries += fresh;
            } catch (IOException e) {
                problems.fail(name, e);
            }
        }
    }

    /** The other names of a file that the guest wrote under one. Those that it lists are files of their own by now. */
    private void keepNamesTogether(Map<Object, List<String>> files, TarIntake intake, Map<String, GuestEntry> listing)
            throws IOException {
        for (Map.Entry<Object, List<String>> file : files.entrySet()) {
            List<String> written = file.getValue().stream().filter(intake::has).toList();
            for (String name : file.getValue()) {
                if (!written.isEmpty() && !listing.containsKey(name) && folder.hasFile(name, file.getKey())) {
                    known.put(name, folder.writeHardLink(name, written.get(0)));
                }
            }
        }
    }

    private void finishFolders(TreeMap<String, GuestEntry> folders, GuestClock.Reading times) throws IOException {
        for (Map.Entry<String, GuestEntry> entry : folders.descendingMap().entrySet()) {
            String name = entry.getKey();
            FileTime modified = FileTime.from(times.toHost(entry.getValue().modified()), TimeUnit.NANOSECONDS);
            if (!problems.hasFailedAt(name)) {
                try {
                    known.put(name, folder.finishFolder(name, entry.getValue().mode() & 0777, modified));
                } catch (IOException e) {
                    // Another user's folder, for instance: what is in it has come all the same.
                    problems.warn(PullProblems.Warning.FOLDER, name, "");
                    known.put(name, folder.entry(name));
                }
            }
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
        problems.failed().forEach(changes::again);
        entries += intake.count();
        bytes += intake.bytes();
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
