package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.HandMade;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.store.ImageSource;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh image add}: an image from a folder, from an address, or from a kernel and a disk. */
@Command(
        name = "add",
        description = "Copy an image into the store: from a folder, from a URL, or from a kernel and a disk.",
        footer = {
            "",
            "Examples:",
            "  qemu-sh image add ./my-image",
            "  qemu-sh image add https://example.org/images/aarch64/image.json",
            "  qemu-sh image add --name mine --arch armhf --kernel zImage --disk root.qcow2"
        })
final class ImageAddCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "PLACE", description = "A folder with an image.json, or the URL of one.")
    private String place;

    @Option(names = "--name", paramLabel = "NAME", description = "What to call a kernel and a disk.")
    private String name;

    @Mixin
    private HandMadeOptions files = new HandMadeOptions();

    @Option(names = "--arch", paramLabel = "ARCH", description = "Their architecture.")
    private String arch;

    private final Console console;

    ImageAddCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        ImageStore store = ImageOptions.store();
        try (ProgressLine progress = new ProgressLine(console)) {
            Image image = store.add(source(), progress);
            console.info("added " + image.manifest().name() + ": " + image.folder());
        }
        return 0;
    }

    private ImageSource source() throws Exception {
        Optional<HandMade> made = files.handMade(arch);
        if ((place == null) == made.isEmpty()) {
            throw new HostFailure("Which image?", "Give a folder, a URL, or --arch, --kernel, --disk and --name.");
        }
        if (made.isEmpty()) {
            return ImageSource.at(place);
        }
        if (name == null) {
            throw new HostFailure("The image needs a name.", "Give --name.");
        }
        return ImageSource.handMade(name, made.get());
    }
}
