/**
 * One machine, from its QEMU process to the last trace of it.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.vm.Vm}. Its life, and who sees to each step:
 *
 * <pre>
 *   created      RunDirectory; its Supervisor answers from here on
 *      |
 *   waiting      MachineTurn: for memory of the host, and for a saved state if it is made first
 *      |
 *   starting     QemuProcess, under guardian.sh: QEMU never outlives its supervisor
 *      |
 *   booting      VmArrival: QMP and console sockets, then
 *      |           VmBoot: the key goes in (kernel command line or RootConsole), SSH; or
 *      |           Restore: a saved state is loaded, then randomness, time, name and key go in, SSH
 *      |
 *   reachable &lt;--+
 *      |         |   Limits: idle and total
 *   busy --------+   commands over the one SshConnection
 *      |
 *   stopping     quit, or power-off where the disk is kept; then kill
 *      |
 *   gone         nothing is left but what was asked to be kept
 * </pre>
 *
 * From every state {@code VmHealth} can turn the machine <em>dead</em>: QEMU ended ({@code QemuEnd}), the console showed a
 * crash ({@code CrashDetector} with the table {@code CrashPattern}), the host's disk is full, a limit has passed. The first
 * evidence makes the verdict; whoever waits for the guest gets it as an exception.
 *
 * <p>Saved states are made by {@link io.jenkins.plugins.qemush.engine.vm.StateMaker}: {@code StateSaving} boots and saves a
 * machine, {@code StateCheck} restores two and compares them; {@code StateKey} tells who can be restored from it.
 *
 * <p>What a machine is made of has packages of its own beneath this one: {@code request} what is wanted, {@code run} its
 * folder, {@code qemu} the program and its protocol, {@code serial} the console as a way in, {@code verdict} what the
 * evidence says. Around it stands its {@code engine.supervisor}.
 */
package io.jenkins.plugins.qemush.engine.vm;
