/**
 * The engine on agents: what the controller asks, and the calls that carry it there.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.agent.Agent}, the controller's side; {@code AgentCalls} has the other one.
 * What travels are records of strings and numbers. The supervisor of a machine is a JVM of its own on the agent: {@link
 * io.jenkins.plugins.qemush.agent.EngineJars} brings its class path.
 */
package io.jenkins.plugins.qemush.agent;
