/**
 * Boots throw-away QEMU machines and runs commands in them; knows nothing of Jenkins or of the command line's flags.
 *
 * <p>Start at {@code engine.vm}, whose package description draws the life of a machine. Beneath it lie {@code machine}
 * (what an architecture needs), {@code image} (kernel and disk), {@code guest} (SSH) and {@code sync} (files in and
 * out). Dependencies point that way only.
 */
package io.jenkins.plugins.qemush.engine;
