/**
 * What the evidence says of a machine that fails: its console, by the table {@link
 * io.jenkins.plugins.qemush.engine.vm.verdict.CrashPattern}, and the end of its QEMU.
 */
package io.jenkins.plugins.qemush.engine.vm.verdict;
