package io.jenkins.plugins.qemush.agent;

import java.io.Serializable;

/**
 * A file of the engine's class path.
 *
 * @param sha256 in hexadecimal
 */
record EngineJar(String name, String sha256) implements Serializable {}
