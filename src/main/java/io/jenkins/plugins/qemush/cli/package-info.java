/**
 * The command line, {@code qemu-sh}.
 */
package io.jenkins.plugins.qemush.cli;
