package io.jenkins.plugins.qemush.engine.sync;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * What is remembered of a file on the host: enough to see that it changed.
 *
 * @param modified milliseconds since the epoch
 * @param mode the nine permission bits
 * @param file device and inode: a file replaced by another of equal size and time is seen too
 */
record HostEntry(EntryType type, long size, long modified, int mode, Object file) {

    static HostEntry of(PosixFileAttributes attributes) {
        return new HostEntry(
                typeOf(attributes),
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                bits(attributes.permissions()),
                attributes.fileKey());
    }

    /** A folder's size, time and inode say nothing of itself. */
    boolean sameAs(HostEntry other) {
        boolean folders = type == EntryType.DIRECTORY && other.type == EntryType.DIRECTORY;
        return folders ? mode == other.mode : equals(other);
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
