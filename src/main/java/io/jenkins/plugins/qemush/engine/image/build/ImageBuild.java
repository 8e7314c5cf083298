package io.jenkins.plugins.qemush.engine.image.build;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.store.ImageSource;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Builds a Debian image and puts it into a store.
 *
 * @param scripts runs what the packages bring to be run
 * @param listener gets the builder's progress, line by line, from a thread of its own
 */
public record ImageBuild(BuildRequest request, PackageScripts scripts, Consumer<String> listener) {
    /** Runs the scripts of unpacked packages in a machine of the image, which is changed by that. */
    @FunctionalInterface
    public interface PackageScripts {
        /** For an image without any. */
        PackageScripts NONE = (image, listener) -> {
            throw new IllegalStateException(image.manifest().name() + " has packages to configure");
        };

        /**
         * @param image its disk is written to; it is damaged when this fails
         * @param listener hears how far it has come
         * @throws HostFailure when a package cannot be configured, naming it
         */
        void run(Image image, Consumer<String> listener) throws IOException, InterruptedException;
    }

    /** What to do, by the builder's exit code (sysexits). */
    private static final Map<Integer, String> NEXT_STEPS = Map.of(
            69, "Install what is missing, or take an image from elsewhere: `qemu-sh image add FOLDER-OR-URL`.",
            75, "The Debian mirror failed: try again later, or name another one (--mirror).");

    /**
     * Builds, and replaces the image of the same name. Takes seconds to minutes; an interrupt ends the builder.
     *
     * @throws HostFailure when the builder failed, with its last lines; the store is then as it was
     */
    public Image into(ImageStore store, Progress progress) throws IOException, InterruptedException {
        return add(new Built(there -> false), store, progress);
    }

    /**
     * Builds, unless somebody else has built the image by the time that this build's turn comes.
     *
     * @param before the image of this name that the caller knows; another one is taken as it is
     * @throws HostFailure when the builder failed, with its last lines; the store is then as it was
     */
    Image unlessMadeSince(Optional<ImageManifest> before, ImageStore store, Progress progress)
            throws IOException, InterruptedException {
        return add(new Built(there -> !before.equals(Optional.of(there))), store, progress);
    }

    private Image add(Built built, ImageStore store, Progress progress) throws IOException, InterruptedException {
        if (!ImageManifest.isName(request.imageName())) {
            throw new HostFailure(
                    "\"" + request.imageName() + "\" cannot be the name of an image.",
                    "Use a-z, 0-9, dot, dash and underscore, and begin with a letter or digit.");
        }
        return store.add(built, progress);
    }

    /** The image comes from a run of the builder. */
    private final class Built implements ImageSource {
        private final Predicate<ImageManifest> isWanted;

        /** @param isWanted whether an image of this name that is there need not be built */
        Built(Predicate<ImageManifest> isWanted) {
            this.isWanted = isWanted;
        }

        @Override
        public String name() {
            return request.imageName();
        }

        @Override
        public Optional<ImageManifest> manifest() {
            return Optional.empty();
        }

        @Override
        public boolean is(ImageManifest there) {
            return isWanted.test(there);
        }

        @Override
        public void bring(Path folder, Path partial, Progress progress) throws IOException, InterruptedException {
            Path scratch = Files.createDirectory(folder.resolveSibling("builder"));
            build(BuilderFiles.unpack(scratch), folder);
            new UnconfiguredImage(folder).configure(scripts, listener, progress);
        }
    }

    private void build(Path script, Path output) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", script.toString(), "--output", output.toString()));
        command.addAll(request.arguments());
        BuilderProcess builder = new BuilderProcess(listener);
        int code = builder.run(command, PathParts.folder(script));
        if (code != 0 && builder.lastLines().contains("No space left on device")) {
            throw new HostFailure(
                    "The disk of " + PathParts.folder(PathParts.folder(output))
                            + " became full while the image was built.",
                    "Free some space, for example with `qemu-sh image rm NAME`, or set QEMU_SH_HOME to another disk.");
        }
        if (code != 0) {
            throw new HostFailure(
                    "Building the image " + request.imageName() + " failed with exit code " + code + ":\n"
                            + builder.lastLines(),
                    NEXT_STEPS.getOrDefault(code, "The builder's last lines tell what is wrong."));
        }
    }
}
