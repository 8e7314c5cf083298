package io.jenkins.plugins.qemush.engine.machine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One row of the {@link MachineTable}: the QEMU machine that stands for an architecture.
 *
 * @param name the architecture's name, as users write it
 * @param aliases other names for it
 * @param qemu what follows {@code qemu-system-} in the program's name
 * @param type QEMU's {@code -machine}, with properties
 * @param cpu QEMU's {@code -cpu}; empty takes the machine's own
 * @param console the guest's serial terminal, for {@code console=}
 * @param bus where virtio devices go
 * @param disk how the root disk is attached
 * @param net {@code virtio}, or a model name for QEMU's {@code -nic}
 * @param root the kernel's {@code root=}
 * @param rootSlot the slot of the {@link Bus} whose disk the kernel numbers first; empty where that is the first device of
 *     QEMU's command line
 * @param memory default memory in MB
 * @param maxMemory the most the machine can have in MB
 * @param maxCpus the most processors it can have
 * @param kernelArguments appended to the kernel command line
 * @param qemuArguments appended to QEMU's command line
 */
public record Machine(
        String name,
        List<String> aliases,
        String qemu,
        String type,
        Optional<String> cpu,
        String console,
        Bus bus,
        DiskBus disk,
        String net,
        String root,
        Optional<String> rootSlot,
        int memory,
        int maxMemory,
        int maxCpus,
        String kernelArguments,
        List<String> qemuArguments) {

    /** How the root disk is attached. */
    public enum DiskBus {
        VIRTIO,
        SD
    }

    /** The value of {@link #net} that stands for a virtio network card on the machine's bus. */
    public static final String VIRTIO_NET = "virtio";

    public Machine {
        aliases = List.copyOf(aliases);
        qemuArguments = List.copyOf(qemuArguments);
    }

    /** The QEMU program of this machine, looked up on the PATH. */
    public String program() {
        return "qemu-system-" + qemu;
    }

    /** This machine with the columns that an image sets replaced. */
    public Machine with(MachineOverrides image) {
        return new Machine(
                name,
                aliases,
                qemu,
                image.machine().orElse(type),
                // A machine type of the image's own comes with the processor of its own.
                image.cpu().or(() -> image.machine().isPresent() ? Optional.empty() : cpu),
                image.console().orElse(console),
                image.bus().orElse(bus),
                image.disk().orElse(disk),
                image.net().orElse(net),
                image.root().orElse(root),
                image.bus().isEmpty() || image.bus().get() == bus ? rootSlot : Optional.empty(),
                image.memory().orElse(Math.min(memory, image.maxMemory().orElse(maxMemory))),
                image.maxMemory().orElse(maxMemory),
                image.smp().orElse(maxCpus),
                join(kernelArguments, image.kernelArguments().orElse("")),
                image.qemuArguments().isEmpty() ? qemuArguments : concat(qemuArguments, image.qemuArguments()));
    }

    private static String join(String first, String second) {
        return (first + " " + second).strip();
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
