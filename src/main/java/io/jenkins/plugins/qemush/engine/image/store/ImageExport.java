package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.image.DiskSpace;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.IoReason;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Copies an image out of the store: all of it, or nothing. */
final class ImageExport {
    private final Image image;

    ImageExport(Image image) {
        this.image = image;
    }

    void to(Path folder, Progress progress) throws IOException, InterruptedException {
        Path target = folder.toAbsolutePath().normalize();
        try {
            requireFree(target);
            copy(target, progress);
        } catch (QemuShException e) {
            throw e;
        } catch (IOException e) {
            if (DiskSpace.isExhausted(e)) {
                throw DiskSpace.exhausted(target, e);
            }
            throw new HostFailure(
                    "The image could not be copied to " + target + ": " + IoReason.withFile(e) + ".",
                    "Name a folder that you may write.",
                    e);
        }
    }

    private void copy(Path target, Progress progress) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory(Files.createDirectories(PathParts.folder(target)), ".exporting-");
        try {
            Path whole = scratch.resolve("image");
            new CopiedSource(image).bring(whole, scratch, progress);
            Files.deleteIfExists(whole.resolve(VerifiedFiles.FILE));
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(scratch);
        }
    }

    private static void requireFree(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        boolean free = false;
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
                free = !entries.iterator().hasNext();
            }
        }
        if (!free) {
            throw new HostFailure(target + " exists and is no empty folder.", "Name a folder that does not exist.");
        }
    }
}
