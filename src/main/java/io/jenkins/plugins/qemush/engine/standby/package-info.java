/**
 * Machines that are made before anybody wants them: {@link io.jenkins.plugins.qemush.engine.standby.StandbyKeeper} keeps some,
 * {@link io.jenkins.plugins.qemush.engine.standby.StandbyMachines} takes one. Each has its {@code engine.supervisor}, whose
 * {@code Standby} knows whether it was taken.
 */
package io.jenkins.plugins.qemush.engine.standby;
