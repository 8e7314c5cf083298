package io.jenkins.plugins.qemush.engine.warm;

import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders and files that belong to one user alone. */
final class PrivateFiles {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    static FileAttribute<Set<PosixFilePermission>> folder() {
        return PosixFilePermissions.asFileAttribute(FOLDER);
    }

    /** Makes a folder, and those above it, unless it is there; it is private afterwards. */
    static Path makeFolder(Path folder) throws IOException {
        Files.createDirectories(PathParts.folder(folder));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, folder());
        } else if (!Files.getPosixFilePermissions(folder).equals(FOLDER)) {
            Files.setPosixFilePermissions(folder, FOLDER);
        }
        return folder;
    }

    static void close(Path file) throws IOException {
        Files.setPosixFilePermissions(file, FILE);
    }
}
