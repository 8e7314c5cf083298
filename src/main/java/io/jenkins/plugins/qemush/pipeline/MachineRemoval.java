package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.MachineFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The end of a block: tells the verdict on a machine that failed, archives its console log, removes it. */
final class MachineRemoval {
    /** How long the agent may be away when the block ends; what is left there is otherwise removed when it comes back. */
    private static final Duration RECONNECT = Duration.ofMinutes(1);

    private static final String CONSOLE = "console.log";

    private final BlockContext where;
    private final String machine;
    private final String runDirectory;
    private final boolean archiveConsole;

    /**
     * @param machine its name in the build
     * @param runDirectory null when none was made
     */
    MachineRemoval(BlockContext where, String machine, String runDirectory, boolean archiveConsole) {
        this.where = where;
        this.machine = machine;
        this.runDirectory = runDirectory;
        this.archiveConsole = archiveConsole;
    }

    /**
     * Removes the machine.
     *
     * @return the block's outcome: that of the body, or the machine's failure
     */
    Outcome after(Outcome body) throws InterruptedException {
        Outcome outcome = body;
        boolean told = false;
        if (body.failure() instanceof QemuShException e) {
            outcome = told(new MachineFailure(e.getMessage(), e.help()));
            told = true;
        }
        if (runDirectory == null) {
            return outcome;
        }
        try {
            Agent agent = Agent.awaitNamed(where.nodeName(), RECONNECT);
            Optional<MachineFailure> failure = told ? Optional.empty() : agent.failure(runDirectory);
            if (failure.isPresent()) {
                Outcome verdict = told(failure.get());
                // Whoever aborted the build wants to read that.
                outcome = body.failure() instanceof FlowInterruptedException ? body : verdict;
            }
            remove(agent);
        } catch (IOException e) {
            where.log("not cleaned up on " + where.nodeTitle() + "; that is done when it connects again: "
                    + e.getMessage());
        }
        return outcome;
    }

    private Outcome told(MachineFailure failure) {
        where.log(failure);
        return Outcome.failure(new AbortException("qemuSh: " + failure.cause()));
    }

    private void remove(Agent agent) throws IOException, InterruptedException {
        String link = "";
        if (archiveConsole && agent.file(runDirectory, CONSOLE).exists()) {
            link = "; its console: "
                    + where.archive(agent.folder(runDirectory), CONSOLE, "qemu-sh/" + machine + "/" + CONSOLE);
        }
        agent.stop(runDirectory);
        MachinesAction.setDirectory(where.run(), machine, null);
        where.log(machine + " is gone" + link);
    }
}
