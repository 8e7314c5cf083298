package io.jenkins.plugins.qemush.agent;

import java.io.Serializable;

/**
 * Where a machine is, or will be.
 *
 * @param directory its run directory
 * @param stoodBy whether it runs already: it stood by, and was taken
 */
public record MachinePlace(String directory, boolean stoodBy) implements Serializable {}
