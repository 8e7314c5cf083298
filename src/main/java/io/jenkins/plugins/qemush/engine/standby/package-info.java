/**
 * Machines that are made before anybody wants them: {@link io.jenkins.plugins.qemush.engine.standby.StandbyMachines} takes
 * one. {@link io.jenkins.plugins.qemush.engine.standby.StandbyKeeper} keeps some of one kind for as long as it runs; {@code
 * StandbyProcess} keeps what a {@link io.jenkins.plugins.qemush.engine.standby.StandbyFolder} orders, within limits, and
 * outlives whoever ordered it for a while. Each machine has its {@code engine.supervisor}, whose {@code Standby} knows whether
 * it was taken.
 */
package io.jenkins.plugins.qemush.engine.standby;
