package io.jenkins.plugins.qemush.engine.image.build;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.build.ImageBuild.PackageScripts;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import java.io.IOException;
import java.util.Optional;

/**
 * The image of a store that stands for an architecture. One that is missing is built from Debian packages, as docker pulls;
 * all who want it at the same time wait for one build.
 *
 * @param arch a name of the machine table
 * @param byName whether no other image will do that is the only one for the architecture
 */
public record DefaultImage(String arch, ImageStore store, boolean byName) {
    /** When a default image is built. */
    public enum Pull {
        /** When the store has no image for the architecture. */
        MISSING,
        /** Never: a missing image is a failure. */
        NEVER,
        /** Each time, with the newest packages. */
        ALWAYS
    }

    /** The default image of an architecture, or the only one that the store has for it. */
    public static DefaultImage of(String arch, ImageStore store) {
        return new DefaultImage(arch, store, false);
    }

    /**
     * The default image of that name, {@code debian-ARCH}.
     *
     * @return empty when it is another image's name, or Debian does not have the architecture
     */
    public static Optional<DefaultImage> named(String name, ImageStore store) throws IOException {
        return BuilderFiles.architectures().stream()
                .filter(arch -> ImageStore.defaultName(arch).equals(name))
                .map(arch -> new DefaultImage(arch, store, true))
                .findFirst();
    }

    /**
     * The image, fit to boot. Takes no longer than a look at its files unless it is built.
     *
     * @throws HostFailure when there is none and none may be built, when the build fails, or when several images could be
     *     meant
     */
    public Image ready(Pull pull, Progress progress) throws IOException, InterruptedException {
        Optional<Image> there = pull == Pull.ALWAYS ? Optional.empty() : lookUp();
        if (there.isPresent()) {
            return store.ready(there.get().manifest().name(), progress);
        }
        if (pull == Pull.NEVER || !BuilderFiles.architectures().contains(arch)) {
            return byName ? store.find(ImageStore.defaultName(arch)) : store.findDefault(arch);
        }
        return build(progress);
    }

    private Optional<Image> lookUp() throws HostFailure {
        return byName ? store.lookUp(ImageStore.defaultName(arch)) : store.lookUpDefault(arch);
    }

    private Image build(Progress progress) throws IOException, InterruptedException {
        BuildRequest request = BuildRequest.of(arch);
        Optional<ImageManifest> before = store.lookUp(request.imageName()).map(Image::manifest);
        progress.step(request.imageName() + ": making the image, once"
                + (before.isPresent() ? ", with the newest packages" : "; there is none for " + arch + " here"));
        return new ImageBuild(request, PackageScripts.NONE, progress::step).unlessMadeSince(before, store, progress);
    }
}
