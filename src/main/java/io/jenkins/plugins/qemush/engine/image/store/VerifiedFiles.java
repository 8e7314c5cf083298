package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The note of which files of an image had their right digest, when they had a certain size and time of change.
 *
 * <p>It lies in the image's folder and has one line per file: {@code <sha256> <size> <mtime in ns> <path>}. A file that
 * still has its line need not be hashed again, so that a boot costs a few stats and not seconds.
 */
final class VerifiedFiles {
    static final String FILE = ".verified";

    private final Image image;

    VerifiedFiles(Image image) {
        this.image = image;
    }

    /**
     * Hashes the files that changed since they were last found right, and remembers them.
     *
     * @throws HostFailure when one is damaged
     */
    void requireAll(Progress progress) throws IOException, InterruptedException {
        Set<String> known = note();
        boolean changed = false;
        for (Map.Entry<String, ImageFile> entry : image.manifest().files().entrySet()) {
            ImageFile file = entry.getValue();
            if (file.sha256().isPresent() && !known.contains(line(file))) {
                requireDigest(entry.getKey(), progress);
                changed = true;
            }
        }
        if (changed) {
            write();
        }
    }

    /** Notes that all files are right as they are now: for who has just hashed them. */
    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        for (ImageFile file : image.manifest().files().values()) {
            if (file.sha256().isPresent()) {
                lines.add(line(file));
            }
        }
        if (!Files.isWritable(image.folder())) {
            // Somebody else's store: it is his to note, and every boot here hashes until he does.
            return;
        }
        // Readable for all who may read the image, as a temporary file of the JDK's is not.
        Path fresh = image.folder().resolve(FILE + "." + UUID.randomUUID());
        try {
            Files.write(fresh, lines);
            Files.move(fresh, image.folder().resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Set<String> note() throws IOException {
        Path note = image.folder().resolve(FILE);
        return Files.isReadable(note) ? Set.copyOf(Files.readAllLines(note)) : Set.of();
    }

    private String line(ImageFile file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(image.resolve(file), BasicFileAttributes.class);
        long modified = now.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        return file.sha256().orElseThrow() + " " + now.size() + " " + modified + " " + file.path();
    }

    /** Hashes one file, whatever is noted of it. */
    void requireDigest(String role, Progress progress) throws IOException, InterruptedException {
        ImageFile file = image.manifest().files().get(role);
        String name = image.manifest().name();
        String real = Sha256.of(image.resolve(file), "verify " + role + " of " + name, progress);
        if (!file.sha256().equals(Optional.of(real))) {
            throw new HostFailure(
                    "The " + role + " of the image " + name + " is damaged: " + image.resolve(file)
                            + " has the SHA-256 digest " + real + " instead of "
                            + file.sha256().orElseThrow() + ".",
                    "Remove the image and add it again.");
        }
    }
}
