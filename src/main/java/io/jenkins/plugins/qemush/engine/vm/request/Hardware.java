package io.jenkins.plugins.qemush.engine.vm.request;

import java.util.List;
import java.util.Optional;

/**
 * What a machine is made of, beyond what its image says.
 *
 * @param memory in MB; empty for the machine's default
 * @param cpus processors; every one more makes the boot slower under TCG
 * @param workspaceDisk plug an empty disk for the workspace to come
 * @param kernelArguments appended to the kernel command line
 * @param qemuArguments appended to QEMU's command line
 */
public record Hardware(
        Optional<Integer> memory,
        int cpus,
        Network network,
        boolean workspaceDisk,
        String kernelArguments,
        List<String> qemuArguments) {
    /** As the image has it: one processor, the world within reach, no further disk. */
    public static final Hardware DEFAULT = new Hardware(Optional.empty(), 1, Network.USER, false, "", List.of());

    public Hardware {
        qemuArguments = List.copyOf(qemuArguments);
    }

    /** The same with an empty disk for a folder to come. */
    public Hardware withWorkspaceDisk() {
        return new Hardware(memory, cpus, network, true, kernelArguments, qemuArguments);
    }
}
