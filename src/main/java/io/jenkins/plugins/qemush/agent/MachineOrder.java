package io.jenkins.plugins.qemush.agent;

import java.io.Serializable;

/**
 * The machine that a block wants.
 *
 * @param user who runs the commands; null for the image's own user
 * @param memory in MB; null for the machine's default
 * @param network whether the guest reaches what the agent reaches
 * @param bootSeconds the limit for the boot
 */
public record MachineOrder(ImageChoice image, String user, Integer memory, int cpus, boolean network, int bootSeconds)
        implements Serializable {}
