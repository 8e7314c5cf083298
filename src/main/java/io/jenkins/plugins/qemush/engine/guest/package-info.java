/**
 * Commands in the guest, over one SSH connection.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.guest.GuestShell}: what the rest of the engine sees. Its one
 * implementation is {@code SshConnection}, on JSch.
 */
package io.jenkins.plugins.qemush.engine.guest;
