/**
 * Who owns a machine and answers for it, as a process of its own or as part of the command line's.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.supervisor.Supervisor}. Other processes speak to it on a Unix socket:
 * {@link io.jenkins.plugins.qemush.engine.supervisor.ControlClient} at their end, {@code ControlServer} and {@code
 * ControlSession} at its own, with a {@code Frame} for each message. {@link
 * io.jenkins.plugins.qemush.engine.supervisor.SupervisorLauncher} starts {@code SupervisorProcess}; {@link
 * io.jenkins.plugins.qemush.engine.supervisor.SupervisorLock} tells who lives, {@link
 * io.jenkins.plugins.qemush.engine.supervisor.FailureFile} why a machine does not.
 */
package io.jenkins.plugins.qemush.engine.supervisor;
