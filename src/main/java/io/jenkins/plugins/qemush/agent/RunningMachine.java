package io.jenkins.plugins.qemush.agent;

import java.io.Serializable;
import java.util.Map;

/**
 * How a machine that is up is reached on its agent.
 *
 * @param port of 127.0.0.1, for SSH
 * @param emulator QEMU, its version and its accelerator, for people
 * @param qemu QEMU's command line
 */
public record RunningMachine(
        String image, String arch, String user, int port, String keyFile, String emulator, String qemu)
        implements Serializable {

    /** What a body can know about its machine, for tools on the agent or in the guest. */
    public Map<String, String> variables() {
        return Map.of(
                "QEMU_SH_IMAGE", image,
                "QEMU_SH_ARCH", arch,
                "QEMU_SH_USER", user,
                "QEMU_SH_HOST", "127.0.0.1",
                "QEMU_SH_PORT", Integer.toString(port),
                "QEMU_SH_KEY", keyFile);
    }
}
