package io.jenkins.plugins.qemush.pipeline;

import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.model.Node;
import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import java.io.Serializable;
import java.util.TreeMap;

/**
 * Sends what the body launches on the block's node into the guest. Kept with the build, so that it has little more than
 * strings, and asked at every poll, so that it calls nobody.
 */
final class GuestLauncherDecorator extends LauncherDecorator implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String nodeName;
    private final String runDirectory;
    private final SharedWorkspace workspace;
    private final AgentEnvironment agent;

    /** Of the {@code node} block around the body; null in a build that began with an older version, or without such a block. */
    private final String nodeCookie;

    /** What {@link #agent} is made from, in a build that began with an older version of this plugin; null in others. */
    private final TreeMap<String, String> agentEnvironment = null;

    GuestLauncherDecorator(
            String nodeName,
            String runDirectory,
            SharedWorkspace workspace,
            AgentEnvironment agent,
            String nodeCookie) {
        this.nodeName = nodeName;
        this.runDirectory = runDirectory;
        this.workspace = workspace;
        this.agent = agent;
        this.nodeCookie = nodeCookie;
    }

    private Object readResolve() {
        return agentEnvironment == null
                ? this
                : new GuestLauncherDecorator(
                        nodeName, runDirectory, workspace, new AgentEnvironment(agentEnvironment), nodeCookie);
    }

    /** A {@code node} step inside the block keeps its plain launcher; on the same node {@link GuestLauncher} sees to that. */
    @Override
    public Launcher decorate(Launcher launcher, Node node) {
        return node.getNodeName().equals(nodeName)
                ? new GuestLauncher(launcher, nodeName, runDirectory, workspace, agent, nodeCookie)
                : launcher;
    }
}
