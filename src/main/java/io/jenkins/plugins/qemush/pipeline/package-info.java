/**
 * The step {@code qemuSh}: a block whose {@code sh} steps run in a virtual machine.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.pipeline.QemuShStep} for its parameters, at {@code QemuShExecution} for what
 * happens in which order, and at {@code GuestLauncher} for what becomes of a command in the body.
 */
package io.jenkins.plugins.qemush.pipeline;
