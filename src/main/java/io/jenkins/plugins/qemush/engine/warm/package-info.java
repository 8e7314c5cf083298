/**
 * The saved states of machines: a machine that was booted once, and that others are restored from in a fraction of the time.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.warm.SavedStates}, the store. What a state is good for is said by its
 * {@link io.jenkins.plugins.qemush.engine.warm.Fingerprint}; whether its files are still what was saved, by their {@link
 * io.jenkins.plugins.qemush.engine.warm.FileStamp}. Nothing here knows QEMU: how a state is made and restored stands in
 * {@code engine.vm} ({@code StateMaker}, {@code Restore}).
 *
 * <p>A state holds a machine's memory. So the store belongs to one user alone (0700, its files 0600), and no state is saved
 * with a key of a user in it.
 */
package io.jenkins.plugins.qemush.engine.warm;
