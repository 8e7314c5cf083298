package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.HandMade;
import io.jenkins.plugins.qemush.engine.machine.Bus;
import io.jenkins.plugins.qemush.engine.machine.Machine.DiskBus;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags for files that were made by hand: a kernel, a disk, and where they differ from the machine table. */
final class HandMadeOptions {
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

    @Option(names = "--firmware", paramLabel = "FILE", description = "A firmware (QEMU's -bios).")
    private Path firmware;

    @Option(names = "--machine", paramLabel = "TYPE", description = "Another QEMU machine for --kernel.")
    private String machine;

    @Option(names = "--cpu", paramLabel = "CPU", description = "Another QEMU processor for --kernel.")
    private String cpu;

    @Option(names = "--root", paramLabel = "DEVICE", description = "The kernel's root= for --kernel.")
    private String root;

    @Option(names = "--console", paramLabel = "TTY", description = "The kernel's console= for --kernel.")
    private String terminal;

    @Option(names = "--disk-bus", description = "How --disk is attached: ${COMPLETION-CANDIDATES}.")
    private DiskBus diskBus;

    @Option(names = "--virtio-bus", description = "Where virtio devices go: ${COMPLETION-CANDIDATES}.")
    private Bus bus;

    @Option(
            names = "--net",
            paramLabel = "MODEL",
            description = "Another network card for --kernel, lan9118 for instance.")
    private String net;

    /** The files, if any were given. */
    Optional<HandMade> handMade(String arch) throws HostFailure {
        if (kernel == null && disk == null) {
            return Optional.empty();
        }
        if (kernel == null || disk == null || arch == null) {
            throw new HostFailure(
                    "A machine by hand needs --arch, --kernel and --disk.",
                    "Give the missing one, or --image instead.");
        }
        return Optional.of(new HandMade(
                arch,
                kernel,
                disk,
                Optional.ofNullable(initrd),
                Optional.ofNullable(dtb),
                Optional.ofNullable(firmware),
                HandMade.DEFAULT_USER,
                overrides()));
    }

    private MachineOverrides overrides() {
        return new MachineOverrides(
                Optional.ofNullable(machine),
                Optional.ofNullable(cpu),
                Optional.ofNullable(terminal),
                Optional.ofNullable(bus),
                Optional.ofNullable(diskBus),
                Optional.ofNullable(net),
                Optional.ofNullable(root),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
