/**
 * The serial console as a way into the guest: {@link io.jenkins.plugins.qemush.engine.vm.serial.RootConsole} has
 * {@code RootLogin} log in there, and the scripts beside it are what it types.
 */
package io.jenkins.plugins.qemush.engine.vm.serial;
