package io.jenkins.plugins.qemush.agent;

import java.io.Serializable;

/**
 * A run directory that was found on an agent.
 *
 * @param directory its path
 * @param owner the build that it was made for, as {@code Run.getExternalizableId} has it; empty when nobody wrote it down
 */
public record FoundMachine(String directory, String owner) implements Serializable {}
