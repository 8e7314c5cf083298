/**
 * Commands in the guest, over one SSH connection.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.guest.GuestShell}: what the rest of the engine sees. Its one
 * implementation is {@code SshConnection}, on JSch. There each command is a {@code RunningCommand} in a shell of its own; one
 * waits ahead of time for each user ({@code WaitingShells}), and {@code CommandLine} says how it is told what to run.
 */
package io.jenkins.plugins.qemush.engine.guest;
