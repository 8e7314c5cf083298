package io.jenkins.plugins.qemush.agent;

import java.io.Serializable;

/**
 * What an order comes to on its agent.
 *
 * @param memory in MB
 */
public record MachinePlan(String image, String arch, int memory, String user) implements Serializable {}
