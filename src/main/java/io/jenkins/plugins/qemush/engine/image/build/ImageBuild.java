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
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Builds a Debian image and puts it into a store.
 *
 * @param listener gets the builder's progress, line by line, from a thread of its own
 */
public record ImageBuild(BuildRequest request, Consumer<String> listener) {
    /** The builder's exit code when the mirror failed (sysexits' EX_TEMPFAIL). */
    private static final int MIRROR_FAILED = 75;

    /**
     * Builds, and replaces the image of the same name. Takes seconds to minutes; an interrupt ends the builder.
     *
     * @throws HostFailure when the builder failed, with its last lines; the store is then as it was
     */
    public Image into(ImageStore store, Progress progress) throws IOException, InterruptedException {
        if (!ImageManifest.isName(request.imageName())) {
            throw new HostFailure(
                    "\"" + request.imageName() + "\" cannot be the name of an image.",
                    "Use a-z, 0-9, dot, dash and underscore, and begin with a letter or digit.");
        }
        return store.add(new Built(), progress);
    }

    /** The image comes from a run of the builder. */
    private final class Built implements ImageSource {
        @Override
        public String name() {
            return request.imageName();
        }

        @Override
        public Optional<ImageManifest> manifest() {
            return Optional.empty();
        }

        @Override
        public void bring(Path folder, Path partial, Progress progress) throws IOException, InterruptedException {
            Path scratch = Files.createDirectory(folder.resolveSibling("builder"));
            build(BuilderFiles.unpack(scratch), folder);
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
                    code == MIRROR_FAILED
                            ? "The Debian mirror failed: try again later, or name another one (--mirror)."
                            : "The builder's last lines tell what is wrong.");
        }
    }
}
