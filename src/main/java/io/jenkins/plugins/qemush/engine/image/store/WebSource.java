package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.DiskSpace;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.Sha256;
import io.jenkins.plugins.qemush.engine.image.download.Download;
import io.jenkins.plugins.qemush.engine.image.download.WebAddress;
import io.jenkins.plugins.qemush.engine.image.download.WebLimits;
import io.jenkins.plugins.qemush.engine.image.download.WebText;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An image on a web server: the files lie beside its {@code image.json}. */
final class WebSource implements ImageSource {
    private final WebAddress address;
    private final ImageManifest manifest;
    private final WebLimits limits;

    private WebSource(WebAddress address, ImageManifest manifest, WebLimits limits) {
        this.address = address;
        this.manifest = manifest;
        this.limits = limits;
    }

    /** Downloads the manifest. */
    static WebSource open(URI url, WebLimits limits, ManifestDigest digest) throws IOException, InterruptedException {
        WebAddress address = WebAddress.of(url);
        String json = WebText.get(address, Image.MAX_MANIFEST, limits);
        digest.require(json);
        return new WebSource(address, ImageManifest.read(json, address.toString()), limits);
    }

    static URI parse(String url) throws HostFailure {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // Neither the address nor the exception is shown: it may have a password in it.
            throw new HostFailure(
                    "The address of the image is not valid: " + e.getReason() + " at character " + e.getIndex() + ".",
                    "Write spaces as %20 and the like.");
        }
    }

    @Override
    public String name() {
        return manifest.name();
    }

    @Override
    public Optional<ImageManifest> manifest() {
        return Optional.of(manifest);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public void bring(Path folder, Path partial, Progress progress) throws IOException, InterruptedException {
        Map<String, Download> downloads = new LinkedHashMap<>();
        for (Map.Entry<String, ImageFile> entry : manifest.files().entrySet()) {
            downloads.put(entry.getKey(), download(entry.getValue(), partial));
        }
        DiskSpace.require(
                PathParts.folder(folder),
                downloads.values().stream().mapToLong(Download::missing).sum());
        for (Map.Entry<String, Download> entry : downloads.entrySet()) {
            entry.getValue().run("download " + entry.getKey() + " of " + name(), limits, progress);
        }
        Files.createDirectory(folder);
        for (Map.Entry<String, Download> entry : downloads.entrySet()) {
            Path to = folder.resolve(manifest.files().get(entry.getKey()).path());
            Files.createDirectories(PathParts.folder(to));
            Files.move(entry.getValue().target(), to, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.writeString(folder.resolve(Image.MANIFEST), manifest.json());
        // Each was hashed on its arrival.
        new VerifiedFiles(new Image(folder, manifest)).write();
    }

    private Download download(ImageFile file, Path partial) throws HostFailure {
        WebAddress place = address.beside(file.path());
        String sha256 = file.sha256().orElseThrow();
        // A piece belongs to this address and this digest: another version of the file begins anew.
        MessageDigest key = Sha256.start();
        key.update((place + " " + sha256).getBytes(StandardCharsets.UTF_8));
        return new Download(place, Optional.of(sha256), file.size(), partial.resolve(Sha256.hex(key)));
    }
}
