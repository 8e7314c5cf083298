package io.jenkins.plugins.qemush.engine.console;

import java.io.Serializable;

/**
 * One line of a console log.
 *
 * @param number from 1
 * @param text as the guest wrote it, escape sequences and all; very long lines are cut
 * @param verdict what the line says of the machine's state; empty for most lines
 */
public record ConsoleLine(long number, String text, String verdict) implements Serializable {}
