/**
 * QEMU: which program there is, its command line, its process under {@code guardian.sh}, and QMP.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.vm.qemu.QemuCommandLine}, which makes a line of a request, and {@link
 * io.jenkins.plugins.qemush.engine.vm.qemu.QemuProcess}, which runs it.
 */
package io.jenkins.plugins.qemush.engine.vm.qemu;
