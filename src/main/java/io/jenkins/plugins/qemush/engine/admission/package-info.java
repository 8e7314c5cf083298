/**
 * Who may start a machine now: all processes of one user on one host share its memory, whichever program they are.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.admission.MemoryBudget}. Each machine that runs or waits has a {@link
 * io.jenkins.plugins.qemush.engine.admission.Claim} in a file; those of dead processes count for nothing. What can still be
 * had is told by {@link io.jenkins.plugins.qemush.engine.admission.HostMemory}. The limits that administrators of Jenkins set
 * for an agent come before and are kept by the controller; these here protect the host whatever they say.
 */
package io.jenkins.plugins.qemush.engine.admission;
