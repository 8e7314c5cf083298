package io.jenkins.plugins.qemush.engine.machine;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.machine.Machine.DiskBus;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.+-]+");
    private static final Pattern WORD_WITH_PROPERTIES = Pattern.compile("[A-Za-z0-9_.+=,-]+");
    private static final Pattern NOTHING = Pattern.compile("");

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

    /**
     * Checks that these are plain words. Properties behind a comma, and arguments of QEMU's own, can make it write files or
     * run programs on the host.
     *
     * @throws HostFailure that names the first which is more
     */
    public void requirePlain() throws HostFailure {
        requirePlain("machine", machine, WORD);
        requirePlain("cpu", cpu, WORD_WITH_PROPERTIES);
        requirePlain("net", net, WORD);
        requirePlain("qemuArguments", qemuArguments.stream().findFirst(), NOTHING);
    }

    private static void requirePlain(String name, Optional<String> value, Pattern plain) throws HostFailure {
        if (value.isPresent() && !plain.matcher(value.get()).matches()) {
            throw new HostFailure(
                    "The image.json sets machine." + name + " to \"" + value.get()
                            + "\". That can make QEMU do more than run"
                            + " a machine, and nothing says that just this image.json is wanted.",
                    "Read it, and give its SHA-256 digest on the configuration page; or leave " + name + " out.");
        }
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
