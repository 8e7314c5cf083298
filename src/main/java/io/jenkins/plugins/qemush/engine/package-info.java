/**
 * Boots throw-away QEMU machines and runs commands in them; knows nothing of Jenkins or of the command line's flags.
 *
 * <p>Start at {@code engine.vm}, whose package description draws the life of a machine. Above it stand {@code supervisor}
 * (who owns a machine, and how other processes speak to it) and {@code standby} (machines made before they are wanted), {@code
 * configure} (the scripts of an image's packages);
 * beneath it lie {@code machine} (what an architecture needs), {@code image} (kernel and disk), {@code guest} (SSH), {@code
 * sync} (files in and out), {@code task} (Jenkins' commands), {@code warm} (saved states) and {@code admission} (the host's
 * memory). Dependencies point that way only.
 */
package io.jenkins.plugins.qemush.engine;
