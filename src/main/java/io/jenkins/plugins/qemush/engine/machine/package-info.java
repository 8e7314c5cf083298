/**
 * What an architecture needs of QEMU, as data.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.machine.MachineTable}: one {@link
 * io.jenkins.plugins.qemush.engine.machine.Machine} per architecture. An image replaces single columns through {@link
 * io.jenkins.plugins.qemush.engine.machine.MachineOverrides}. No code elsewhere asks which architecture it deals with.
 */
package io.jenkins.plugins.qemush.engine.machine;
