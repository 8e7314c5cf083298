/**
 * Test boots: an administrator boots an image on a node from the management page, watches its console, and reads the
 * verdict.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.testboot.TestBoot}, which has the phases of one. Nothing of it outlives the
 * controller but the machine's own limits, which end it on the agent.
 */
package io.jenkins.plugins.qemush.testboot;
