package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.build.BuildRequest;
import io.jenkins.plugins.qemush.engine.image.build.ImageBuild;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code qemu-sh image build}: an image from Debian packages. */
@Command(
        name = "build",
        description = "Make an image from Debian packages; no root needed, no foreign code is run.",
        footer = {
            "",
            "Examples:",
            "  qemu-sh image build --arch aarch64",
            "  qemu-sh image build --arch s390x --include gcc,make,libc6-dev --size 2G --name s390x-dev"
        })
final class ImageBuildCommand implements Callable<Integer> {
    @Option(names = "--arch", paramLabel = "ARCH", description = "The architecture.")
    private String arch;

    @Option(names = "--name", paramLabel = "NAME", description = "What to call it (default: debian-ARCH).")
    private String name;

    @Option(names = "--include", paramLabel = "PKG", split = ",", description = "More packages, separated by commas.")
    private List<String> include = new ArrayList<>();

    @Option(names = "--size", paramLabel = "SIZE", description = "Of the disk, for instance 4G.")
    private String size;

    @Option(
            names = "--suite",
            paramLabel = "SUITE",
            description = "Debian's release (default: bookworm where it has ARCH).")
    private String suite;

    @Option(names = "--mirror", paramLabel = "URL", description = "Another mirror than apt's own.")
    private String mirror;

    @Option(names = "--board", paramLabel = "BOARD", description = "For a board: vexpress-a9 (armhf).")
    private String board;

    @Option(names = "--plain", description = "One that behaves like an image made by hand: no fast way in for keys.")
    private boolean plain;

    private final Console console;

    ImageBuildCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (arch == null) {
            throw new HostFailure("An image for which architecture?", "Give --arch, for instance --arch aarch64.");
        }
        BuildRequest request = new BuildRequest(
                MachineTable.find(arch).name(),
                Optional.ofNullable(name),
                include,
                Optional.ofNullable(size),
                Optional.ofNullable(suite),
                Optional.ofNullable(mirror),
                Optional.ofNullable(board),
                plain);
        try (ProgressLine progress = new ProgressLine(console)) {
            Image image = new ImageBuild(request, console::info).into(ImageOptions.store(), progress);
            console.info("built " + image.manifest().name() + ": " + image.folder());
        }
        return 0;
    }
}
