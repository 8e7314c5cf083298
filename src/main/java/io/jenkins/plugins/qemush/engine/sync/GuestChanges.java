package io.jenkins.plugins.qemush.engine.sync;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the guest changed since its last listing.
 *
 * <p>In an overlay the listing is that of the upper layer. A folder there either lies over the one below, or replaces
 * it; only an extended attribute tells which, and busybox cannot read those. So one entry that must show through is
 * looked for ({@link #probes}): if it does not, the folder was replaced or just that entry deleted this very moment, and
 * what the folder has now is compared.
 */
final class GuestChanges {

    /** Folders that are new or changed, parents first. */
    final TreeMap<String, GuestEntry> folders = new TreeMap<>();
    /** Files and links to fetch. */
    final TreeMap<String, GuestEntry> wanted = new TreeMap<>();
    /** Entries to delete on the host, with all in them. */
    final Set<String> deleted = new TreeSet<>();
    /** For each folder that may have been replaced: an entry that shows unless it was. */
    final TreeMap<String, String> probes = new TreeMap<>();

    private final TreeMap<String, GuestEntry> listing;
    private final HostSnapshot known;
    private final boolean overlay;
    private final SyncPolicy policy;
    private final PullProblems problems;

    private GuestChanges(
            TreeMap<String, GuestEntry> listing,
            HostSnapshot known,
            boolean overlay,
            SyncPolicy policy,
            PullProblems problems) {
        this.listing = listing;
        this.known = known;
        this.overlay = overlay;
        this.policy = policy;
        this.problems = problems;
    }

    /**
     * @param before the last listing
     * @param listing the new one; excluded entries are taken out of it, and those that must be looked at again the next
     *     time are marked
     * @param known what both sides had
     * @param overlay whether the listing is that of an overlay's upper layer
     * @param policy whether what git would run comes back
     * @param problems told of what cannot come out of a guest
     */
    static GuestChanges between(
            Map<String, GuestEntry> before,
            TreeMap<String, GuestEntry> listing,
            HostSnapshot known,
            Excludes excludes,
            boolean overlay,
            SyncPolicy policy,
            PullProblems problems) {
        listing.keySet().removeIf(excludes::match);
        GuestChanges changes = new GuestChanges(listing, known, overlay, policy, problems);
        listing.keySet().removeIf(changes::hasNoFolder);
        for (Map.Entry<String, GuestEntry> entry : listing.entrySet()) {
            GuestEntry old = before.get(entry.getKey());
            if (old == null || !old.isSettled() || !old.equals(entry.getValue())) {
                changes.sort(entry.getKey(), entry.getValue());
            }
        }
        for (String name : before.keySet()) {
            if (!listing.containsKey(name)) {
                changes.deleted.add(name);
            }
        }
        return changes;
    }

    /** A folder that was made anew while the guest listed it may be missing: the next listing has it, and what is in it. */
    private boolean hasNoFolder(String name) {
        String parent = RawName.parent(name);
        GuestEntry around = listing.get(parent);
        return !parent.isEmpty() && (around == null || around.type() != EntryType.DIRECTORY);
    }

    private void sort(String name, GuestEntry entry) {
        HostEntry host = known.get(name);
        boolean folder = entry.type() == EntryType.DIRECTORY;
        boolean file = entry.type() == EntryType.FILE || entry.type() == EntryType.SYMLINK;
        if (file && policy.git() == SyncPolicy.Git.SKIP && GitFiles.runPrograms(name)) {
            problems.warn(PullProblems.Warning.GIT, name, "");
            return;
        }
        if (host != null && folder != (host.type() == EntryType.DIRECTORY) && entry.type() != EntryType.SOCKET) {
            deleted.add(name);
        }
        switch (entry.type()) {
            case FILE, SYMLINK -> wanted.put(name, entry);
            case DIRECTORY -> addFolder(name, entry);
            case WHITEOUT -> {
                if (overlay) {
                    deleted.add(name);
                } else {
                    problems.warn(PullProblems.Warning.SPECIAL, name, "");
                }
            }
            case SOCKET -> {}
            case OTHER -> problems.warn(PullProblems.Warning.SPECIAL, name, "");
        }
    }

    private void addFolder(String name, GuestEntry entry) {
        folders.put(name, entry);
        if (overlay) {
            hiddenChildren(name).stream().findFirst().ifPresent(child -> probes.put(name, child));
        }
    }

    /** What both sides had in a folder and the upper layer says nothing of: still there unless the folder is new. */
    List<String> hiddenChildren(String folder) {
        return known.children(folder).stream()
                .filter(child -> !listing.containsKey(child))
                .toList();
    }

    /** @param visible names that the guest's folders have now, for the folders whose probe did not show */
    void judgeReplaced(Set<String> visible) {
        for (String folder : probes.keySet()) {
            if (visible.contains(folder)) {
                hiddenChildren(folder).stream()
                        .filter(child -> !visible.contains(child))
                        .forEach(deleted::add);
            }
        }
    }

    /** Looks at an entry again the next time, whatever it looks like then. */
    void again(String name) {
        listing.computeIfPresent(name, (same, entry) -> entry.unsettled());
    }

    boolean needNothing() {
        return wanted.isEmpty() && probes.isEmpty();
    }

    /** Of the files to fetch, the one with the most bytes. */
    Map.Entry<String, GuestEntry> largest() {
        return wanted.entrySet().stream()
                .filter(entry -> entry.getValue().type() == EntryType.FILE)
                .max(Comparator.comparingLong(entry -> entry.getValue().size()))
                .orElseThrow();
    }

    long bytes() {
        return wanted.values().stream()
                .filter(entry -> entry.type() == EntryType.FILE)
                .mapToLong(GuestEntry::size)
                .sum();
    }
}
