package io.jenkins.plugins.qemush.engine.image.build;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.Sha256;
import io.jenkins.plugins.qemush.engine.image.build.ImageBuild.PackageScripts;
import io.jenkins.plugins.qemush.engine.image.store.FileTree;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;

/** An image as the builder leaves it: a note in it says when the scripts of its packages have still to run. */
record UnconfiguredImage(Path folder) {
    private static final String NOTE = "unconfigured";

    /** Does what the note asks for; nothing when there is none. */
    void configure(PackageScripts scripts, Consumer<String> listener, Progress progress)
            throws IOException, InterruptedException {
        Path note = folder.resolve(NOTE);
        if (!Files.exists(note)) {
            return;
        }
        String kept = Files.readString(note).strip();
        Files.delete(note);
        Image image = Image.open(folder);
        scripts.run(image, listener);
        Files.writeString(
                folder.resolve(Image.MANIFEST), withChangedDisk(image, progress).json());
        if (!kept.isEmpty()) {
            keep(Path.of(kept));
        }
    }

    private static ImageManifest withChangedDisk(Image image, Progress progress)
            throws IOException, InterruptedException {
        String digest = Sha256.of(image.disk(), "hash the disk", progress);
        ImageFile old = image.manifest().disk().file();
        return image.manifest().withDisk(new ImageFile(old.path(), Optional.of(digest), Files.size(image.disk())));
    }

    /** Leaves a copy where the builder looks for it when the same packages are asked for again. */
    private void keep(Path kept) throws IOException {
        Files.createDirectories(PathParts.folder(kept));
        Path copy = Files.createTempDirectory(PathParts.folder(kept), ".copy-");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(folder.relativize(file).toString()));
            }
            if (!Files.exists(kept)) {
                Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            FileTree.delete(copy);
        }
    }
}
