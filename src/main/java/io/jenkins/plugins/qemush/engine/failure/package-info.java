/**
 * The one family of failures, told apart by whose fault they are.
 *
 * <p>{@link io.jenkins.plugins.qemush.engine.failure.HostFailure} is ours, the user's or the host's and says what to do
 * next; {@link io.jenkins.plugins.qemush.engine.failure.GuestFailure} is the guest's and carries its console.
 */
package io.jenkins.plugins.qemush.engine.failure;
