package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The machine that somebody wants.
 *
 * @param name what it is called in lists; also its run directory's name
 * @param user who runs commands in it; created when the image has no such user
 * @param memory in MB; empty for the machine's default
 * @param cpus processors; every one more makes the boot slower under TCG
 * @param snapshot true: whatever the guest writes is thrown away; false: it is kept in the image's disk
 * @param port the host's port for SSH; 0 lets QEMU choose
 * @param identity an own private key instead of a one-time key
 * @param publicKey its public half; derived when missing
 * @param workspaceDisk plug an empty disk for the workspace to come
 * @param scratch where QEMU keeps what a throw-away guest writes; empty for QEMU's own choice
 * @param kernelArguments appended to the kernel command line
 * @param qemuArguments appended to QEMU's command line
 * @param keep leave the run directory in place at the end
 * @param warm whether the machine may be restored from a saved state
 */
public record VmRequest(
        String name,
        Image image,
        String user,
        Optional<Integer> memory,
        int cpus,
        Network network,
        boolean snapshot,
        int port,
        Optional<Path> identity,
        Optional<Path> publicKey,
        Limits limits,
        boolean workspaceDisk,
        Optional<Path> scratch,
        String kernelArguments,
        List<String> qemuArguments,
        boolean keep,
        WarmMode warm) {

    public VmRequest {
        qemuArguments = List.copyOf(qemuArguments);
    }

    /** A machine that is booted, never restored. */
    public VmRequest(
            String name,
            Image image,
            String user,
            Optional<Integer> memory,
            int cpus,
            Network network,
            boolean snapshot,
            int port,
            Optional<Path> identity,
            Optional<Path> publicKey,
            Limits limits,
            boolean workspaceDisk,
            Optional<Path> scratch,
            String kernelArguments,
            List<String> qemuArguments,
            boolean keep) {
        this(
                name,
                image,
                user,
                memory,
                cpus,
                network,
                snapshot,
                port,
                identity,
                publicKey,
                limits,
                workspaceDisk,
                scratch,
                kernelArguments,
                qemuArguments,
                keep,
                WarmMode.FALSE);
    }

    /** A throw-away machine with the defaults of its image, booted. */
    public static VmRequest of(String name, Image image) {
        return new VmRequest(
                name,
                image,
                image.manifest().user(),
                Optional.empty(),
                1,
                Network.USER,
                true,
                0,
                Optional.empty(),
                Optional.empty(),
                Limits.DEFAULT,
                false,
                Optional.empty(),
                "",
                List.of(),
                false);
    }

    /** The same machine, with its disk as it is: whatever the guest writes is kept. No key but a one-time key. */
    public VmRequest persistent() {
        return new VmRequest(
                name,
                image,
                user,
                memory,
                cpus,
                network,
                false,
                port,
                Optional.empty(),
                Optional.empty(),
                limits,
                workspaceDisk,
                scratch,
                kernelArguments,
                qemuArguments,
                keep,
                WarmMode.FALSE);
    }

    /** The same machine, with an empty disk for a folder to come. */
    public VmRequest withWorkspaceDisk() {
        return new VmRequest(
                name,
                image,
                user,
                memory,
                cpus,
                network,
                snapshot,
                port,
                identity,
                publicKey,
                limits,
                true,
                scratch,
                kernelArguments,
                qemuArguments,
                keep,
                warm);
    }

    /** The same machine, restored or booted as this says. */
    public VmRequest withWarm(WarmMode mode) {
        return new VmRequest(
                name,
                image,
                user,
                memory,
                cpus,
                network,
                snapshot,
                port,
                identity,
                publicKey,
                limits,
                workspaceDisk,
                scratch,
                kernelArguments,
                qemuArguments,
                keep,
                mode);
    }

    /** The same machine without what makes no difference to it: its name, its port, its keys, its files on this host. */
    VmRequest anonymous(String anyName) {
        return new VmRequest(
                anyName,
                image,
                user,
                memory,
                cpus,
                network,
                snapshot,
                0,
                Optional.empty(),
                Optional.empty(),
                Limits.DEFAULT,
                workspaceDisk,
                Optional.empty(),
                kernelArguments,
                qemuArguments,
                false,
                WarmMode.FALSE);
    }
}
