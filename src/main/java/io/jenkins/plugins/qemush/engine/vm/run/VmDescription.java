package io.jenkins.plugins.qemush.engine.vm.run;

/**
 * What {@code vm.json} says of a running machine.
 *
 * @param protocol of the control socket: {@link #PROTOCOL}
 * @param supervisor the process id of the supervisor
 * @param qemu the process id of QEMU
 * @param port of the guest's SSH server, on 127.0.0.1
 * @param started epoch milliseconds
 * @param memory in MB
 * @param emulator QEMU, its version and its accelerator; empty when a supervisor of an older version wrote the file
 */
public record VmDescription(
        int protocol,
        String name,
        String arch,
        String image,
        String user,
        long supervisor,
        long qemu,
        int port,
        long started,
        int memory,
        String emulator,
        String commandLine) {
    /** Goes up with every change of the control socket's frames that an older supervisor would not understand. */
    public static final int PROTOCOL = 2;

    /** From this protocol on a command may have several folders. */
    public static final int SEVERAL_FOLDERS = 2;

    public VmDescription {
        emulator = emulator == null ? "" : emulator;
    }
}
