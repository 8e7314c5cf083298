package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.HandMade;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.download.WebLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where an image comes from on its way into the store. */
public interface ImageSource {
    /** The name that the image will have. */
    String name();

    /** The manifest, when it is known before the image has come: a store that has such an image need not fetch it. */
    Optional<ImageManifest> manifest();

    /** Whether a server decides what the image is, each time that it is asked. */
    default boolean isRemote() {
        return false;
    }

    /** Whether an image of this name, which the store has, is this one. */
    default boolean is(ImageManifest there) {
        return manifest().filter(there::equals).isPresent();
    }

    /**
     * Puts the image into a folder.
     *
     * @param folder absolute and not there yet; what else is left in its parent is removed afterwards
     * @param partial absolute, need not be there; what lies in it is still there for the next try after a failure
     */
    void bring(Path folder, Path partial, Progress progress) throws IOException, InterruptedException;

    /**
     * A folder with an {@code image.json}, or the address of one.
     *
     * @param place a path, or a URL with http, https or file
     * @throws HostFailure when there is no image there
     */
    static ImageSource at(String place) throws IOException, InterruptedException {
        return at(place, Optional.empty());
    }

    /**
     * The same, when it is known which {@code image.json} has to lie there.
     *
     * @param sha256 its digest
     * @throws HostFailure when there is another one
     */
    static ImageSource at(String place, Optional<String> sha256) throws IOException, InterruptedException {
        ManifestDigest digest = new ManifestDigest(place, sha256);
        if (!Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*").matcher(place).matches()) {
            return folder(Path.of(place), digest);
        }
        URI url = WebSource.parse(place);
        return url.getScheme().toLowerCase(Locale.ROOT).equals("file")
                ? folder(Path.of(url.getPath()), digest)
                : WebSource.open(url, WebLimits.DEFAULT, digest);
    }

    /** A folder with an {@code image.json}, or that file itself. The image is copied. */
    static ImageSource folder(Path folder) throws HostFailure {
        return new CopiedSource(Image.open(realFolder(folder)));
    }

    private static ImageSource folder(Path folder, ManifestDigest digest) throws IOException {
        Image image = Image.open(realFolder(folder));
        digest.require(Files.readString(image.folder().resolve(Image.MANIFEST)));
        return new CopiedSource(image);
    }

    private static Path realFolder(Path folder) {
        boolean manifest = folder.endsWith(Image.MANIFEST) && Files.isRegularFile(folder);
        Path absolute = folder.toAbsolutePath();
        return manifest ? absolute.getParent() : absolute;
    }

    /** Files that were made by hand, as an image of the given name. They are copied. */
    static ImageSource handMade(String name, HandMade files) throws HostFailure {
        return new CopiedSource(files.image(name));
    }

    /**
     * Single files, which are downloaded or copied.
     *
     * @param files by their roles: kernel, disk, and what else there is of initrd, dtb and firmware
     */
    static ImageSource placed(String name, String arch, Map<String, PlacedFile> files) {
        return new PlacedSource(name, arch, files);
    }
}
