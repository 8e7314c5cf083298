package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.Serializable;

/**
 * The machine that a block wants.
 *
 * @param user who runs the commands; null for the image's own user
 * @param network whether the guest reaches what the agent reaches
 * @param warm whether the machine may be restored from a saved state
 * @param kernelArguments more for the kernel command line than the image has; mostly empty
 * @param fixNetwork give the guest's network interface its address by hand
 */
public record MachineOrder(
        ImageChoice image,
        String user,
        MemoryWish memory,
        int cpus,
        boolean network,
        TimeLimits limits,
        WarmMode warm,
        String kernelArguments,
        boolean fixNetwork)
        implements Serializable {}
