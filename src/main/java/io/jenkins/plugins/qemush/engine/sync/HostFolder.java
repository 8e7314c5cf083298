package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Changes the host's folder on behalf of a guest, and never anything outside: no symbolic link is followed at any
 * component of a name. Files appear whole or not at all.
 */
final class HostFolder {

    private final Path root;
    private final Guard guard;

    /** Asked right before a file or a link is put where there may be one. */
    interface Guard {
        /** Whatever is there may go. */
        Guard NONE = (name, target, by) -> {};

        /** @throws IOException why it is not to be done */
        void beforeReplacing(String name, Path target, Path by) throws IOException;
    }

    HostFolder(Path root, Guard guard) {
        this.root = root;
        this.guard = guard;
    }

    /** @throws ContentCutShort when there is less content; the file is as it was */
    HostEntry writeFile(String name, InputStream content, long size, int mode, FileTime modified) throws IOException {
        Path target = locate(name);
        Path part = partBeside(target);
        try {
            SparseFile.write(content, part, size);
            HostOwner.keep(target, part);
            Files.setAttribute(part, "unix:mode", mode);
            Files.setLastModifiedTime(part, modified);
            HostEntry entry = HostEntry.of(part);
            replace(part, target, name);
            return entry;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    HostEntry writeLink(String name, String linkTarget) throws IOException {
        Path target = locate(name);
        Path part = partBeside(target);
        try {
            Files.createSymbolicLink(part, RawName.toPath(linkTarget));
            HostEntry entry = HostEntry.of(part);
            replace(part, target, name);
            return entry;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Whether the host has that very link already. */
    boolean hasLink(String name, String linkTarget) throws IOException {
        Path path = locate(name);
        return Files.isSymbolicLink(path)
                && RawName.of(Files.readSymbolicLink(path)).equals(linkTarget);
    }

    /** A second name for a file that was just written under the first. */
    HostEntry writeHardLink(String name, String first) throws IOException {
        Path target = locate(name);
        Path part = partBeside(target);
        try {
            Files.createLink(part, locate(first));
            HostEntry entry = HostEntry.of(part);
            if (entry.type() != EntryType.FILE) {
                throw new GuestFailure(RawName.forHumans(name) + " is a hard link to something that is no file.", "");
            }
            replace(part, target, name);
            return entry;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Makes the folder if it is missing, writable for now: its own mode comes with {@link #finishFolder}. */
    void makeFolder(String name) throws IOException {
        for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
            createFolder(name.substring(0, end));
        }
        Path folder = createFolder(name);
        try {
            makeWritable(folder);
        } catch (IOException e) {
            // Another user's folder, which may be writable all the same: whatever is written next tells.
            System.getLogger(HostFolder.class.getName()).log(System.Logger.Level.DEBUG, "not made writable", e);
        }
    }

    private static void makeWritable(Path folder) throws IOException {
        int mode = HostEntry.of(folder).mode();
        if ((mode & 0700) != 0700) {
            HostOwner.setPermissions(folder, mode | 0700);
        }
    }

    private Path createFolder(String name) throws IOException {
        Path folder = locate(name);
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder);
        } else if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new HostFailure(
                    "The guest made " + RawName.forHumans(name) + " a folder, but the host has something else there.",
                    "Move it away, or exclude " + RawName.forHumans(name) + ".");
        }
        return folder;
    }

    /** Whether the host has that very file under that name. */
    boolean hasFile(String name, Object file) throws IOException {
        Path path = locate(name);
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                && HostEntry.of(path).file().equals(file);
    }

    HostEntry finishFolder(String name, int mode, FileTime modified) throws IOException {
        Path folder = locate(name);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw notAFolder(name);
        }
        HostOwner.setPermissions(folder, mode);
        Files.setLastModifiedTime(folder, modified);
        return HostEntry.of(folder);
    }

    /** What the host has of that name. */
    HostEntry entry(String name) throws IOException {
        return HostEntry.of(locate(name));
    }

    /** @return whether it is gone; false for a folder that holds something still, or what is to be kept */
    boolean delete(String name, HostConflicts conflicts) throws IOException {
        try {
            Path path = locate(name);
            if (conflicts.keeps(name, path)) {
                return false;
            }
            try {
                Files.deleteIfExists(path);
            } catch (AccessDeniedException e) {
                // The guest may have made the folder around it read-only, and its root does not care.
                makeWritable(PathParts.folder(path));
                Files.deleteIfExists(path);
            }
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** The time that a file gets which is written now, by the clock of the folder's file system. */
    long clock() throws IOException {
        Path probe = Files.createFile(partBeside(root.resolve("clock")));
        try {
            return HostEntry.of(probe).modified();
        } finally {
            Files.delete(probe);
        }
    }

    /** @throws HostFailure when there is no such folder any more */
    long freeBytes() throws IOException {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (NoSuchFileException e) {
            throw new HostFailure(
                    "The folder " + root + " is gone: there is no place for what the guest changed.",
                    "Leave the folder there while commands run.",
                    e);
        }
    }

    private Path locate(String name) throws IOException {
        Path path = root;
        Path relative = RawName.toPath(GuestListing.relative(name));
        for (Path part : relative) {
            if (!path.equals(root) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw notAFolder(name);
                }
                throw new NoSuchFileException(path.toString());
            }
            path = path.resolve(part);
        }
        return path;
    }

    private static GuestFailure notAFolder(String name) {
        return new GuestFailure(
                "The guest's " + RawName.forHumans(name)
                        + " was refused: the way to it leads through a link or a file.",
                "");
    }

    private static Path partBeside(Path target) {
        return target.resolveSibling(".qemu-sh-" + UUID.randomUUID() + ".part");
    }

    private void replace(Path part, Path target, String name) throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new HostFailure(
                    "The guest made " + RawName.forHumans(name) + " a file, but the folder of that name on the host"
                            + " still holds files that are excluded or new.",
                    "Move them away, or exclude " + RawName.forHumans(name) + ".");
        }
        guard.beforeReplacing(name, target, part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & (0400 >> permission.ordinal())) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }
}
