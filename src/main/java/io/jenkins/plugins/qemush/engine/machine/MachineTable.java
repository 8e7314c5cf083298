package io.jenkins.plugins.qemush.engine.machine;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.machine.Machine.DiskBus;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The architectures that can be booted, and the QEMU machine that each gets unless its image says otherwise. */
public final class MachineTable {
    private static final int PLENTY = 8192;

    /** Malta has its RAM below the I/O window: 256 MB are all that a 32-bit kernel reaches (QEMU's hw/mips/malta.c). */
    private static final int MALTA_LOW_MEMORY = 256;

    private static final int MALTA_MAX = 2048;

    /** The timer check calibrates against a clock that TCG cannot hold: seconds, and sometimes a panic. */
    private static final String X86_KERNEL = "no_timer_check";

    private static final List<String> NO_VGA = List.of("-vga", "none");

    /** Without x-vof the pseries firmware takes 10 s of a 16 s boot; the caps ask for what TCG cannot give. */
    private static final String PSERIES = "pseries,x-vof=on,cap-cfpc=broken,cap-sbbc=broken,cap-ibs=broken";

    /** Where virtio devices go, and which of the places there the root disk takes. */
    private record Sockets(Bus bus, Optional<String> rootSlot) {}

    /**
     * Linux probes mmio transports in the order of the device tree. On arm that begins with number 0, while QEMU gives its
     * first device the last number (hw/arm/virt.c, create_virtio_devices).
     */
    private static final Sockets ARM_MMIO = new Sockets(Bus.MMIO, Optional.of("virtio-mmio-bus.0"));

    /** Here the device tree begins with the last of the eight (hw/riscv/virt.c, create_fdt_virtio). */
    private static final Sockets RISCV_MMIO = new Sockets(Bus.MMIO, Optional.of("virtio-mmio-bus.7"));

    private static final Sockets PCI = new Sockets(Bus.PCI, Optional.empty());
    private static final Sockets CCW = new Sockets(Bus.CCW, Optional.empty());

    private static final List<Machine> ROWS = List.of(
            // cortex-a57, not max: pointer authentication makes the boot five times as long under TCG.
            row(
                    "aarch64",
                    "arm64",
                    "aarch64",
                    "virt,gic-version=3",
                    "cortex-a57",
                    "ttyAMA0",
                    ARM_MMIO,
                    "",
                    List.of(),
                    8),
            // highmem=off: kernels without LPAE cannot reach PCI windows and RAM above 4 GB.
            row(
                    "armhf",
                    "armeabi arm armv7",
                    "arm",
                    "virt,highmem=off",
                    "cortex-a7",
                    "ttyAMA0",
                    ARM_MMIO,
                    "",
                    List.of(),
                    4),
            row("x86_64", "amd64", "x86_64", "q35", "qemu64", "ttyS0", PCI, X86_KERNEL, NO_VGA, 16),
            row("x86", "i386 i686", "i386", "q35", "qemu32", "ttyS0", PCI, X86_KERNEL, NO_VGA, 8),
            row("riscv64", "", "riscv64", "virt", "rv64", "ttyS0", RISCV_MMIO, "", List.of(), 8),
            malta("mips32", "mips", "mips", "24Kf", MALTA_LOW_MEMORY),
            malta("mipsel", "mips32el", "mipsel", "24Kf", MALTA_LOW_MEMORY),
            malta("mips64el", "", "mips64el", "5KEf", MALTA_MAX),
            row("ppc64el", "ppc64le powerpc64le", "ppc64", PSERIES, "power9", "hvc0", PCI, "", NO_VGA, 8),
            row("s390x", "", "s390x", "s390-ccw-virtio", "max", "ttysclp0", CCW, "", List.of(), 8));

    private MachineTable() {}

    public static List<Machine> all() {
        return ROWS;
    }

    /**
     * The machine of an architecture.
     *
     * @param arch a name or an alias, in any case
     * @throws HostFailure when there is none, naming the nearest and all known
     */
    public static Machine find(String arch) throws HostFailure {
        String wanted = arch.toLowerCase(Locale.ROOT);
        return ROWS.stream()
                .filter(row -> names(row).anyMatch(wanted::equals))
                .findFirst()
                .orElseThrow(() -> unknown(arch, wanted));
    }

    private static HostFailure unknown(String arch, String wanted) {
        String nearest = ROWS.stream()
                .flatMap(MachineTable::names)
                .min(Comparator.comparingInt(name -> EditDistance.between(name, wanted)))
                .orElseThrow();
        String known = ROWS.stream().map(MachineTable::title).collect(Collectors.joining(", "));
        return new HostFailure(
                "There is no architecture \"" + arch + "\"; the nearest is \"" + nearest + "\".",
                "Known are: " + known + ".");
    }

    private static Stream<String> names(Machine row) {
        return Stream.concat(Stream.of(row.name()), row.aliases().stream());
    }

    private static String title(Machine row) {
        return row.aliases().isEmpty() ? row.name() : row.name() + " (" + String.join(", ", row.aliases()) + ")";
    }

    private static Machine malta(String name, String aliases, String qemu, String cpu, int maxMemory) {
        return new Machine(
                name,
                words(aliases),
                qemu,
                "malta",
                Optional.of(cpu),
                "ttyS0",
                PCI.bus(),
                DiskBus.VIRTIO,
                Machine.VIRTIO_NET,
                "/dev/vda",
                PCI.rootSlot(),
                MALTA_LOW_MEMORY,
                maxMemory,
                1,
                "",
                NO_VGA);
    }

    private static Machine row(
            String name,
            String aliases,
            String qemu,
            String type,
            String cpu,
            String console,
            Sockets sockets,
            String kernelArguments,
            List<String> qemuArguments,
            int maxCpus) {
        return new Machine(
                name,
                words(aliases),
                qemu,
                type,
                Optional.of(cpu),
                console,
                sockets.bus(),
                DiskBus.VIRTIO,
                Machine.VIRTIO_NET,
                "/dev/vda",
                sockets.rootSlot(),
                512,
                PLENTY,
                maxCpus,
                kernelArguments,
                qemuArguments);
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" "));
    }
}
