/**
 * The command line, {@code qemu-sh}: flags in, engine calls, exit codes out.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.cli.Main}. A class per verb; what several verbs take stands in the mixins
 * {@code MachineOptions} and {@code CommandOptions}. Exit codes are those docker users know: the command's own, and 125
 * when qemu-sh itself failed.
 */
package io.jenkins.plugins.qemush.cli;
