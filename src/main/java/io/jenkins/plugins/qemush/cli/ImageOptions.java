package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.HandMade;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that choose an image: by architecture, by name, a folder, or a kernel and a disk. */
final class ImageOptions {
    @Option(names = "--arch", paramLabel = "ARCH", description = "The architecture: its default image is taken.")
    private String arch;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "An image of the store, or a folder with an image.json.")
    private String image;

    @Option(
            names = "--kernel",
            paramLabel = "FILE",
            description = "A kernel; with --disk and --arch, no image is needed.")
    private Path kernel;

    @Option(names = "--disk", paramLabel = "FILE", description = "A root disk, qcow2 or raw.")
    private Path disk;

    @Option(names = "--initrd", paramLabel = "FILE", description = "An initrd for --kernel.")
    private Path initrd;

    @Option(names = "--dtb", paramLabel = "FILE", description = "A device tree for --kernel.")
    private Path dtb;

    @Option(names = "--machine", paramLabel = "TYPE", description = "Another QEMU machine for --kernel.")
    private String machine;

    @Option(names = "--root", paramLabel = "DEVICE", description = "The kernel's root= for --kernel.")
    private String root;

    Image choose(Console console) throws IOException {
        if (kernel != null || disk != null) {
            return handMade();
        }
        if (image != null && Files.isRegularFile(Path.of(image, "image.json"))) {
            return Image.open(Path.of(image).toAbsolutePath());
        }
        ImageStore store = store();
        if (image != null) {
            return store.ready(image, new ProgressLine(console));
        }
        if (arch == null) {
            throw new HostFailure("Which machine?", "Give --arch, --image, or --kernel with --disk and --arch.");
        }
        String name =
                store.findDefault(MachineTable.find(arch).name()).manifest().name();
        return store.ready(name, new ProgressLine(console));
    }

    private Image handMade() throws IOException {
        if (kernel == null || disk == null || arch == null) {
            throw new HostFailure(
                    "A machine by hand needs --arch, --kernel and --disk.",
                    "Give the missing one, or --image instead.");
        }
        MachineOverrides none = MachineOverrides.NONE;
        MachineOverrides overrides = new MachineOverrides(
                Optional.ofNullable(machine),
                none.cpu(),
                none.console(),
                none.bus(),
                none.disk(),
                none.net(),
                Optional.ofNullable(root),
                none.memory(),
                none.maxMemory(),
                none.smp(),
                none.kernelArguments(),
                none.qemuArguments());
        return new HandMade(
                        arch,
                        kernel,
                        disk,
                        Optional.ofNullable(initrd),
                        Optional.ofNullable(dtb),
                        Optional.empty(),
                        HandMade.DEFAULT_USER,
                        overrides)
                .image("by-hand");
    }

    /** The store of this user. */
    static ImageStore store() {
        return new ImageStore(QemuShHome.images(System.getenv()));
    }
}
