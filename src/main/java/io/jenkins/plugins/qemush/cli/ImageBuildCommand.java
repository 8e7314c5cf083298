package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.configure.ScriptsInMachine;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.build.BuildRequest;
import io.jenkins.plugins.qemush.engine.image.build.BuildRequest.Kind;
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
        description = {
            "Make an image from Debian packages; no root needed, no foreign code is run on this host.",
            "With --include it is a configured Debian with dpkg and apt: the packages' scripts run in a machine of the"
                    + " image, which takes some minutes without KVM. The same packages are configured once."
        },
        footer = {
            "",
            "Examples:",
            "  qemu-sh image build --arch aarch64",
            "  qemu-sh image build --arch s390x --include gcc,make,libc6-dev --name s390x-dev"
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

    @Option(
            names = "--quick",
            description =
                    "With --include: unpack the packages only. No alternatives (cc), accounts, certificates, setuid"
                            + " programs, dpkg and apt.")
    private boolean quick;

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
                kind());
        try (ProgressLine progress = new ProgressLine(console)) {
            Image image =
                    new ImageBuild(request, new ScriptsInMachine(), console::info).into(ImageOptions.store(), progress);
            if (quick && !include.isEmpty()) {
                console.info(
                        "--quick: the packages' scripts have not run. There may be no cc, certificates, accounts or"
                                + " setuid programs, and there is no dpkg.");
            }
            console.info("built " + image.manifest().name() + ": " + image.folder());
        }
        return 0;
    }

    private Kind kind() {
        if (plain) {
            return Kind.PLAIN;
        }
        return quick ? Kind.QUICK : Kind.USUAL;
    }
}
