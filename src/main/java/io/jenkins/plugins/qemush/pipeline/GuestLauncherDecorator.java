package io.jenkins.plugins.qemush.pipeline;

import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.model.Node;
import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends what the body launches on the block's node into the guest. Kept with the build, so that it has little more than strings, and
 * asked at every poll, so that it calls nobody.
 */
final class GuestLauncherDecorator extends LauncherDecorator implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String nodeName;
    private final String runDirectory;
    private final SharedWorkspace workspace;

    /** What the agent's own environment was when the block began. */
    private final TreeMap<String, String> agentEnvironment;

    GuestLauncherDecorator(
            String nodeName, String runDirectory, SharedWorkspace workspace, Map<String, String> agentEnvironment) {
        this.nodeName = nodeName;
        this.runDirectory = runDirectory;
        this.workspace = workspace;
        this.agentEnvironment = new TreeMap<>(agentEnvironment);
    }

    /** A {@code node} step inside the block keeps its plain launcher. */
    @Override
    public Launcher decorate(Launcher launcher, Node node) {
        return node.getNodeName().equals(nodeName)
                ? new GuestLauncher(launcher, nodeName, runDirectory, workspace, agentEnvironment)
                : launcher;
    }
}
