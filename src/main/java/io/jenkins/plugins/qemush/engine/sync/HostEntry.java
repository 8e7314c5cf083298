package io.jenkins.plugins.qemush.engine.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is remembered of a file on the host: enough to see that it changed.
 *
 * @param modified nanoseconds since the epoch
 * @param mode the nine permission bits; a folder's special bits too
 * @param file device and inode: a file replaced by another of equal size and time is seen too
 */
record HostEntry(EntryType type, long size, long modified, int mode, Object file) {

    private static final int ALL_BITS = 07777;

    /** @throws IOException also when there is no such file */
    static HostEntry of(Path path) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new HostEntry(
                typeOf(attributes),
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                attributes.isDirectory() ? allBits(path) : bits(attributes.permissions()),
                attributes.fileKey());
    }

    /** Java's own permissions leave the special bits out; asking for all bits of every file would take twice as long. */
    static int allBits(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & ALL_BITS;
    }

    /** A folder's size, time and inode say nothing of itself. */
    boolean sameAs(HostEntry other) {
        return sameButForMode(other) && mode == other.mode;
    }

    /** Whether changing its mode makes this entry the other one. */
    boolean sameButForMode(HostEntry other) {
        if (type == EntryType.DIRECTORY) {
            return other.type == EntryType.DIRECTORY;
        }
        return type == other.type && size == other.size && modified == other.modified && file.equals(other.file);
    }

    private static EntryType typeOf(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return EntryType.SYMLINK;
        }
        if (attributes.isDirectory()) {
            return EntryType.DIRECTORY;
        }
        return attributes.isRegularFile() ? EntryType.FILE : EntryType.OTHER;
    }

    private static int bits(Set<PosixFilePermission> permissions) {
        // The enumeration lists OWNER_READ (0400) first and OTHERS_EXECUTE (0001) last.
        return permissions.stream()
                .mapToInt(permission -> 0400 >> permission.ordinal())
                .sum();
    }
}
