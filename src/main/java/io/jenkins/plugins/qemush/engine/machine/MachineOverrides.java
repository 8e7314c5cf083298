package io.jenkins.plugins.qemush.engine.machine;

import io.jenkins.plugins.qemush.engine.machine.Machine.DiskBus;
import java.util.List;
import java.util.Optional;

/** The columns of the {@link MachineTable} that an image sets for itself; the names are those of {@code image.json}. */
public record MachineOverrides(
        Optional<String> machine,
        Optional<String> cpu,
        Optional<String> console,
        Optional<Bus> bus,
        Optional<DiskBus> disk,
        Optional<String> net,
        Optional<String> root,
        Optional<Integer> memory,
        Optional<Integer> maxMemory,
        Optional<Integer> smp,
        Optional<String> kernelArguments,
        List<String> qemuArguments) {

    /** An image that takes the table's row as it is. */
    public static final MachineOverrides NONE = new MachineOverrides(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    public MachineOverrides {
        qemuArguments = List.copyOf(qemuArguments);
    }

    /** These, and the base's where these leave something open. */
    public MachineOverrides over(MachineOverrides base) {
        return new MachineOverrides(
                machine.or(base::machine),
                cpu.or(base::cpu),
                console.or(base::console),
                bus.or(base::bus),
                disk.or(base::disk),
                net.or(base::net),
                root.or(base::root),
                memory.or(base::memory),
                maxMemory.or(base::maxMemory),
                smp.or(base::smp),
                kernelArguments.or(base::kernelArguments),
                qemuArguments.isEmpty() ? base.qemuArguments() : qemuArguments);
    }
}
