package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.HandMade;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.image.build.DefaultImage;
import io.jenkins.plugins.qemush.engine.image.build.DefaultImage.Pull;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that choose an image: by architecture, by name, a folder, or a kernel and a disk. */
final class ImageOptions {
    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            description = "The architecture: its default image is taken, or made.")
    private String arch;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "An image of the store, or a folder with an image.json.")
    private String image;

    @Option(
            names = "--pull",
            paramLabel = "missing|never|always",
            defaultValue = "${env:QEMU_SH_PULL:-missing}",
            description = {
                "When to make the default image (debian-ARCH) from Debian packages: when there is none, never, or each time with"
                        + " the newest packages. (default: $QEMU_SH_PULL, else missing)"
            })
    private Pull pull;

    @Mixin
    private HandMadeOptions files = new HandMadeOptions();

    Image choose(Console console) throws IOException, InterruptedException {
        Optional<HandMade> made = files.handMade(arch);
        if (made.isPresent()) {
            Image image = made.get().image("by-hand");
            image.doubtAboutKernel().ifPresent(doubt -> console.info(doubt + " It is tried."));
            return image;
        }
        if (image != null && Files.isRegularFile(Path.of(image, "image.json"))) {
            return ImageStore.readyIn(Path.of(image).toAbsolutePath(), Progress.NONE);
        }
        if (image == null && arch == null) {
            throw new HostFailure("Which machine?", "Give --arch, --image, or --kernel with --disk and --arch.");
        }
        ImageStore store = store();
        Optional<DefaultImage> known = image != null
                ? DefaultImage.named(image, store)
                : Optional.of(DefaultImage.of(MachineTable.find(arch).name(), store));
        try (ProgressLine progress = new ProgressLine(console)) {
            return known.isPresent() ? known.get().ready(pull, progress) : store.ready(image, progress);
        }
    }

    /** The store of this user. */
    static ImageStore store() {
        return new ImageStore(QemuShHome.images(System.getenv()));
    }
}
