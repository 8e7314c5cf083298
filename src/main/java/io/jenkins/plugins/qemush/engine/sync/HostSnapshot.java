package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The host's folder as both sides know it: every entry that is not excluded, by its raw relative name. */
final class HostSnapshot {

    /** What lies in a folder sorts from "folder/" to "folder0". */
    private static final char AFTER_SLASH = '/' + 1;

    private final TreeMap<String, HostEntry> entries;

    private HostSnapshot(TreeMap<String, HostEntry> entries) {
        this.entries = entries;
    }

    static HostSnapshot empty() {
        return new HostSnapshot(new TreeMap<>());
    }

    static HostSnapshot take(Path folder, Excludes excludes) throws IOException {
        TreeMap<String, HostEntry> entries = new TreeMap<>();
        walk(folder, "", excludes, entries);
        return new HostSnapshot(entries);
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
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void add(Path child, String name, Excludes excludes, Map<String, HostEntry> entries)
            throws IOException {
        HostEntry entry;
        try {
            entry = describe(child);
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

    static HostEntry describe(Path path) throws IOException {
        return HostEntry.of(Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    /** What must travel so that the other side, which has {@code this}, gets to {@code now}. */
    HostChanges changesTo(HostSnapshot now) {
        List<String> changed = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        now.entries.forEach((name, entry) -> {
            HostEntry before = entries.get(name);
            if (before == null || !before.sameAs(entry)) {
                changed.add(name);
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
        return new HostChanges(changed, deleted);
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
