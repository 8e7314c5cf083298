package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.Disk;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An image on this host, with a manifest or made by hand.
 *
 * <p>Its files are copied and not hard-linked: whoever writes to the original (a boot without snapshot does) would write
 * to the store's image too.
 */
final class CopiedSource implements ImageSource {
    private final Image image;

    CopiedSource(Image image) {
        this.image = image;
    }

    @Override
    public String name() {
        return image.manifest().name();
    }

    @Override
    public Optional<ImageManifest> manifest() {
        return isHandMade() ? Optional.empty() : Optional.of(image.manifest());
    }

    @Override
    public void bring(Path folder, Path partial, Progress progress) throws IOException, InterruptedException {
        Files.createDirectory(folder);
        Map<String, ImageFile> copies = new LinkedHashMap<>();
        for (Map.Entry<String, ImageFile> entry : image.manifest().files().entrySet()) {
            copies.put(entry.getKey(), copy(entry.getKey(), entry.getValue(), folder, progress));
        }
        ImageManifest manifest = isHandMade() ? withFiles(copies) : image.manifest();
        Files.writeString(folder.resolve(Image.MANIFEST), manifest.json());
        new VerifiedFiles(new Image(folder, manifest)).write();
    }

    private ImageFile copy(String role, ImageFile file, Path folder, Progress progress)
            throws IOException, InterruptedException {
        Path from = image.resolve(file);
        String path = isHandMade() ? nameOf(role) : file.path();
        Path to = folder.resolve(path);
        Files.createDirectories(PathParts.folder(to));
        String sha256 = SparseCopy.copyAndHash(from, to, "copy " + role + " of " + name(), progress);
        if (file.sha256().isPresent() && !file.sha256().get().equals(sha256)) {
            throw new HostFailure(
                    "The " + role + " of the image " + name() + " is damaged: " + from + " has the SHA-256 digest "
                            + sha256 + " instead of " + file.sha256().get() + ".",
                    "Get the image again.");
        }
        return new ImageFile(path, Optional.of(sha256), Files.size(to));
    }

    private boolean isHandMade() {
        return image.manifest().kernel().sha256().isEmpty();
    }

    private String nameOf(String role) {
        return role.equals("disk") ? "disk." + image.manifest().disk().format() : role;
    }

    private ImageManifest withFiles(Map<String, ImageFile> files) {
        ImageManifest old = image.manifest();
        return new ImageManifest(
                old.name(),
                old.arch(),
                files.get("kernel"),
                Optional.ofNullable(files.get("initrd")),
                Optional.ofNullable(files.get("dtb")),
                Optional.ofNullable(files.get("firmware")),
                new Disk(files.get("disk"), old.disk().format()),
                old.user(),
                old.console(),
                old.keyPaths(),
                old.hostKey(),
                old.machine(),
                old.source(),
                old.packages());
    }
}
