/**
 * Machines that stand by on the agents, as the configuration wants it: the controller tells each agent again and again what to
 * keep.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.standby.StandbyUpkeep}; {@code engine.standby} does it on the agent.
 */
package io.jenkins.plugins.qemush.standby;
