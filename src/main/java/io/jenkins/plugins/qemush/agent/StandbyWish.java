package io.jenkins.plugins.qemush.agent;

import java.io.Serializable;

/**
 * Machines that are to stand by on an agent.
 *
 * @param image by its name in the configuration
 * @param order what each of them is like
 * @param count how many
 */
public record StandbyWish(String image, MachineOrder order, int count) implements Serializable {}
