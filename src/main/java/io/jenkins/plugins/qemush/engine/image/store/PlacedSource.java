package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.HandMade;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.Sha256;
import io.jenkins.plugins.qemush.engine.image.download.Download;
import io.jenkins.plugins.qemush.engine.image.download.WebLimits;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An image of single files, at paths and addresses. The store's copy has digests of all of them, and says where it came
 * from: it is this image as long as no other files are meant.
 */
final class PlacedSource implements ImageSource {
    private final String name;
    private final String arch;
    private final Map<String, PlacedFile> files;

    /** @param files by their roles: kernel, disk, and what else there is of initrd, dtb and firmware */
    PlacedSource(String name, String arch, Map<String, PlacedFile> files) {
        this.name = name;
        this.arch = arch;
        this.files = new LinkedHashMap<>(files);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<ImageManifest> manifest() {
        return Optional.empty();
    }

    @Override
    public boolean is(ImageManifest there) {
        try {
            return there.source().equals(origin());
        } catch (HostFailure e) {
            // A file is gone: bringing the image tells which.
            return false;
        }
    }

    /** Where the files came from, and a digest of all that is known of them before they are read. */
    private String origin() throws HostFailure {
        StringBuilder text = new StringBuilder("files");
        MessageDigest identity = Sha256.start();
        identity.update(arch.getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, PlacedFile> file : files.entrySet()) {
            text.append(", ").append(file.getKey()).append(' ').append(file.getValue());
            identity.update(
                    (file.getKey() + "\n" + file.getValue().identity() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return text + " (" + Sha256.hex(identity).substring(0, 12) + ")";
    }

    @Override
    public void bring(Path folder, Path partial, Progress progress) throws IOException, InterruptedException {
        String origin = origin();
        Map<String, Path> local = new LinkedHashMap<>();
        for (Map.Entry<String, PlacedFile> file : files.entrySet()) {
            local.put(file.getKey(), local(file.getKey(), file.getValue(), partial, progress));
        }
        Image made = new HandMade(
                        arch,
                        local.get("kernel"),
                        local.get("disk"),
                        Optional.ofNullable(local.get("initrd")),
                        Optional.ofNullable(local.get("dtb")),
                        Optional.ofNullable(local.get("firmware")),
                        HandMade.DEFAULT_USER,
                        MachineOverrides.NONE)
                .image(name);
        new CopiedSource(new Image(made.folder(), made.manifest().from(origin))).bring(folder, partial, progress);
        for (Map.Entry<String, ImageFile> copy :
                Image.open(folder).manifest().files().entrySet()) {
            requireDigest(copy.getKey(), copy.getValue().sha256().orElseThrow());
        }
    }

    private Path local(String role, PlacedFile file, Path partial, Progress progress)
            throws IOException, InterruptedException {
        if (!file.isRemote()) {
            return file.path();
        }
        MessageDigest key = Sha256.start();
        key.update(file.identity().getBytes(StandardCharsets.UTF_8));
        Path target = partial.resolve(Sha256.hex(key));
        Download.of(file.address(), file.sha256(), target, WebLimits.DEFAULT)
                .run("download " + role + " of " + name, WebLimits.DEFAULT, progress);
        return target;
    }

    private void requireDigest(String role, String real) throws HostFailure {
        PlacedFile file = files.get(role);
        if (file.sha256().isPresent() && !file.sha256().get().equalsIgnoreCase(real)) {
            throw new HostFailure(
                    "The " + role + " of " + name + ", " + file
                            + ", is not the file that is expected: its SHA-256 digest is " + real + ".",
                    "Find out why it changed. If the new file is wanted, change the digest in the configuration.");
        }
    }
}
