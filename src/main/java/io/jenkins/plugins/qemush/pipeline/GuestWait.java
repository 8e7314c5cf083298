package io.jenkins.plugins.qemush.pipeline;

import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.RunningMachine;
import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import java.io.IOException;
import java.time.Duration;

/** Waits for a guest that boots, through losses of the connection to its agent. */
final class GuestWait {
    /** How long the connection to the agent may be lost while the guest boots. */
    static final Duration RECONNECT = Duration.ofMinutes(5);

    private final BlockContext where;
    private final String nodeName;
    private final String runDirectory;
    private final SharedWorkspace workspace;

    GuestWait(BlockContext where, String nodeName, String runDirectory, SharedWorkspace workspace) {
        this.where = where;
        this.nodeName = nodeName;
        this.runDirectory = runDirectory;
        this.workspace = workspace;
    }

    /**
     * Returns once commands can run in the guest and see the workspace.
     *
     * @param bootSeconds the limit for the boot, which the machine itself watches
     * @throws QemuShException when that will never be
     */
    RunningMachine await(int bootSeconds) throws IOException, InterruptedException {
        while (true) {
            Agent agent = Agent.awaitNamed(nodeName, RECONNECT);
            try {
                Duration boot = Duration.ofSeconds(bootSeconds);
                return agent.awaitReachable(runDirectory, workspace, boot, where.listener());
            } catch (QemuShException e) {
                throw e;
            } catch (IOException e) {
                if (agent.isConnected()) {
                    throw e;
                }
                where.log("lost the connection to " + where.nodeTitle() + " while the guest boots: " + e.getMessage());
            }
        }
    }
}
