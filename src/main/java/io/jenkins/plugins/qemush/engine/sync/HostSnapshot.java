package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The host's folder as both sides know it: every entry that is not excluded, by its raw relative name. */
final class HostSnapshot {

    /** What lies in a folder sorts from "folder/" to "folder0". */
    private static final char AFTER_SLASH = '/' + 1;

    /** Clocks of file servers may differ from the host's by so much. */
    private static final long DOUBT = TimeUnit.SECONDS.toNanos(1);

    private final TreeMap<String, HostEntry> entries;
    private final long taken;

    private HostSnapshot(TreeMap<String, HostEntry> entries, long taken) {
        this.entries = entries;
        this.taken = taken;
    }

    static HostSnapshot empty() {
        return new HostSnapshot(new TreeMap<>(), Long.MAX_VALUE);
    }

    static HostSnapshot take(Path folder, Excludes excludes) throws IOException {
        TreeMap<String, HostEntry> entries = new TreeMap<>();
        long start = GuestClock.hostNow();
        walk(folder, "", excludes, entries);
        return new HostSnapshot(entries, start);
    }

    private static void walk(Path folder, String prefix, Excludes excludes, Map<String, HostEntry> entries)
            throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String name = prefix + RawName.of(PathParts.name(child));
                if (!excludes.match(name)) {
                    add(child, name, excludes, entries);
                }
            }
        } catch (NoSuchFileException gone) {
            if (prefix.isEmpty()) {
                throw gone;
            }
        } catch (AccessDeniedException e) {
            throw Readable.failure(Path.of(e.getFile()), "", e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void add(Path child, String name, Excludes excludes, Map<String, HostEntry> entries)
            throws IOException {
        HostEntry entry;
        try {
            entry = HostEntry.of(child);
        } catch (NoSuchFileException gone) {
            return;
        }
        if (entry.type() == EntryType.OTHER) {
            return;
        }
        entries.put(name, entry);
        if (entry.type() == EntryType.DIRECTORY) {
            walk(child, name + '/', excludes, entries);
        }
    }

    /** What must travel so that the other side, which has {@code this}, gets to {@code now}. */
    HostChanges changesTo(HostSnapshot now) {
        List<String> changed = new ArrayList<>();
        List<String> modes = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        now.entries.forEach((name, entry) -> {
            HostEntry before = entries.get(name);
            if (before == null || !before.sameButForMode(entry)) {
                changed.add(name);
            } else if (before.mode() != entry.mode()) {
                modes.add(name);
            }
            if (before != null && before.type() != entry.type()) {
                deleted.add(name);
            }
        });
        for (String name : entries.keySet()) {
            if (!now.entries.containsKey(name)) {
                deleted.add(name);
            }
        }
        return new HostChanges(now.withAllNames(changed), modes, deleted);
    }

    /** The files that have been written since this was taken, going by their times in a later snapshot. */
    List<String> writtenSince(HostSnapshot now, Collection<String> names) {
        return names.stream()
                .filter(name -> now.get(name).type() == EntryType.FILE)
                .filter(name -> now.get(name).modified() > taken - DOUBT)
                .filter(name -> now.get(name).modified() < now.taken + DOUBT)
                .toList();
    }

    /** The time of the newest file; times in the future do not count. */
    long newest() {
        return entries.values().stream()
                .filter(entry -> entry.type() == EntryType.FILE && entry.modified() < taken + DOUBT)
                .mapToLong(HostEntry::modified)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** All names of files that have more than one here, by the files. */
    Map<Object, List<String>> files() {
        Map<Object, List<String>> files = new HashMap<>();
        entries.forEach((name, entry) -> {
            if (entry.type() == EntryType.FILE) {
                files.computeIfAbsent(entry.file(), file -> new ArrayList<>(1)).add(name);
            }
        });
        files.values().removeIf(names -> names.size() < 2);
        return files;
    }

    /** A file with several names travels under all of them, or it would be several files in the guest. */
    private List<String> withAllNames(List<String> changed) {
        if (changed.isEmpty()) {
            return changed;
        }
        Map<Object, List<String>> files = files();
        TreeSet<String> all = new TreeSet<>(changed);
        changed.forEach(name -> all.addAll(files.getOrDefault(entries.get(name).file(), List.of())));
        return List.copyOf(all);
    }

    HostEntry get(String name) {
        return entries.get(name);
    }

    void put(String name, HostEntry entry) {
        entries.put(name, entry);
    }

    void remove(String name) {
        entries.remove(name);
    }

    /** Parents come before what lies in them. */
    Collection<String> names() {
        return entries.keySet();
    }

    /** The content of all files. */
    long bytes() {
        return entries.values().stream()
                .filter(entry -> entry.type() == EntryType.FILE)
                .mapToLong(HostEntry::size)
                .sum();
    }

    /** The entry and everything in it, the innermost first: the order to delete them in. */
    List<String> withEverythingIn(String name) {
        List<String> names = new ArrayList<>(
                entries.subMap(name + '/', true, name + AFTER_SLASH, false).descendingKeySet());
        if (entries.containsKey(name)) {
            names.add(name);
        }
        return names;
    }

    /** The names of the entries directly in a folder. */
    List<String> children(String folder) {
        return entries.subMap(folder + '/', folder + AFTER_SLASH).keySet().stream()
                .filter(name -> name.lastIndexOf('/') == folder.length())
                .toList();
    }
}
