package io.jenkins.plugins.qemush.pipeline;

import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a step of the body wants launched: it runs in the guest, as a task of durable-task or as any other command, or it
 * is refused with a sentence. Nothing runs in another place than its step means.
 *
 * @param command with {@code $$} turned back into {@code $}
 * @param environment the step's whole environment
 * @param directory where it is to run, on the agent; empty for no directory of its own
 */
record BodyLaunch(List<String> command, Map<String, String> environment, Optional<String> directory) {
    /** Names the build's durable task that a process belongs to. */
    static final String COOKIE = "JENKINS_SERVER_COOKIE";

    /** Set by each {@code node} step, to a value of its own. */
    static final String NODE_COOKIE = "JENKINS_NODE_COOKIE";

    /** The cookie that BourneShellScript gives the shell that starts the script. */
    private static final String UNTOUCHABLE = "please-do-not-kill-me";

    /** What the cookies of durable-task begin with (FileMonitoringTask). */
    private static final String DURABLE = "durable-";

    private static final String MASKED = "******";

    /** Whether the step is in a {@code node} block within the block, which may have got the same agent. */
    boolean isOfAnotherNode(String nodeCookie) {
        String own = environment.get(NODE_COOKIE);
        return nodeCookie != null && own != null && !own.equals(nodeCookie);
    }

    /**
     * The durable task that this launches; empty for a command whose caller waits for it.
     *
     * @throws HostFailure when this launch cannot be brought into the guest
     */
    Optional<DurableTaskCommand> task(AgentEnvironment agent, SharedWorkspace workspace) throws HostFailure {
        Optional<DurableTaskCommand> task = DurableTaskCommand.of(command);
        if (task.isEmpty() && isDurable(agent)) {
            throw new HostFailure(
                    "This step starts '" + command.get(0) + "' (" + command.size()
                            + " words) as a durable task, and qemuSh can bring only that of a plain sh step into the guest.",
                    "Use sh in the block, without docker.inside, pwsh or anything else that starts the script in its own"
                            + " way; or run this step outside the block.");
        }
        if (directory.isPresent() && !workspace.holds(directory.get())) {
            throw new HostFailure(
                    "This step runs in " + directory.get() + ", and the guest shares " + workspace.path()
                            + " only: it would find an empty folder there, and nothing would come back.",
                    "Run it in the workspace, or copy there what it needs before the block; ws and a dir that leads out of"
                            + " the workspace belong around qemuSh.");
        }
        return task;
    }

    /**
     * The command for people.
     *
     * @param masks which of its words the caller does not want to be seen; null for none
     */
    String title(boolean[] masks) {
        List<String> shown = new ArrayList<>(command);
        for (int i = 0; masks != null && i < Math.min(masks.length, shown.size()); i++) {
            if (masks[i]) {
                shown.set(i, MASKED);
            }
        }
        return ShellQuote.readable(shown);
    }

    /** An agent that a durable task has started has such a cookie in its own environment. */
    private boolean isDurable(AgentEnvironment agent) {
        String cookie = environment.getOrDefault(COOKIE, "");
        return (cookie.equals(UNTOUCHABLE) || cookie.startsWith(DURABLE)) && !agent.says(COOKIE, cookie);
    }
}
