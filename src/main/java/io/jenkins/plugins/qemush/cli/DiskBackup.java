package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.image.store.SparseCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A disk as it was before it was first written to, in a file beside it. */
final class DiskBackup {
    private DiskBackup() {}

    /**
     * Keeps a disk, unless that was done before. The copy has holes where the disk has zeros, and is open to nobody whom the
     * disk is closed to.
     *
     * @return the copy: the disk's name and {@code .bak}
     */
    static Path keep(Path disk, Console console) throws IOException, InterruptedException {
        Path backup = disk.resolveSibling(disk.getFileName() + ".bak");
        if (Files.exists(backup)) {
            return backup;
        }
        console.info("keeping the disk as it is: " + backup);
        Path part = backup.resolveSibling(backup.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(disk)));
        try (ProgressLine progress = new ProgressLine(console)) {
            SparseCopy.copy(disk, part, "copy " + disk.getFileName(), progress);
        }
        Files.setLastModifiedTime(part, Files.getLastModifiedTime(disk));
        return Files.move(part, backup, StandardCopyOption.ATOMIC_MOVE);
    }
}
