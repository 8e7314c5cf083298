/**
 * The build's page "Virtual machines": what each machine of a build was, when it did what, what became of it, its console.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.report.MachinesAction}, which the step tells of its machines. What is known
 * of one lies in small files of the build's folder ({@code MachineFolder}) and goes with the build; the console log is an
 * artifact, and while the machine runs it is read where it is, on the agent.
 */
package io.jenkins.plugins.qemush.report;
