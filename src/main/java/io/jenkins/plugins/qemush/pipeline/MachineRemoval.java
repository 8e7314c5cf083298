package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.MachineFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.report.MachineEnd;
import io.jenkins.plugins.qemush.report.MachineNotes;
import io.jenkins.plugins.qemush.report.MachinesAction;
import io.jenkins.plugins.qemush.report.Moment;
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

    /** Why the machine failed; null while that is not known, or not so. */
    private MachineFailure verdict;

    /**
     * @param machine its name in the build; null when it did not get that far
     * @param runDirectory null when none was made
     */
    MachineRemoval(BlockContext where, String machine, String runDirectory, boolean archiveConsole) {
        this.where = where;
        this.machine = machine;
        this.runDirectory = runDirectory;
        this.archiveConsole = archiveConsole;
    }

    /**
     * Removes the machine, and notes for the build's page what became of it.
     *
     * @return the block's outcome: that of the body, or the machine's failure
     */
    Outcome after(Outcome body) throws InterruptedException {
        Outcome outcome = body;
        if (body.failure() instanceof QemuShException e) {
            outcome = told(MachineFailure.of(e));
        }
        if (runDirectory != null) {
            outcome = afterMachine(outcome);
        }
        if (machine != null) {
            notes().end(end(outcome.failure()));
        }
        return outcome;
    }

    private Outcome afterMachine(Outcome body) throws InterruptedException {
        Outcome outcome = body;
        try {
            Agent agent = Agent.awaitNamed(where.nodeName(), RECONNECT);
            Optional<MachineFailure> failure = verdict == null ? agent.failure(runDirectory) : Optional.empty();
            if (failure.isPresent()) {
                Outcome told = told(failure.get());
                // Whoever aborted the build wants to read that.
                outcome = body.failure() instanceof FlowInterruptedException ? body : told;
            }
            remove(agent);
        } catch (IOException e) {
            where.log("not cleaned up on " + where.nodeTitle() + "; that is done when it connects again: "
                    + e.getMessage());
        }
        return outcome;
    }

    private MachineEnd end(Throwable failure) {
        if (verdict != null) {
            return MachineEnd.crashed(verdict);
        }
        if (failure == null) {
            return MachineEnd.passed();
        }
        return failure instanceof InterruptedException ? MachineEnd.aborted() : MachineEnd.failed(failure);
    }

    private Outcome told(MachineFailure failure) {
        verdict = failure;
        where.log(failure);
        return Outcome.failure(new AbortException("qemuSh: " + failure.cause()));
    }

    private void remove(Agent agent) throws IOException, InterruptedException {
        notes().moment(Moment.ENDING);
        notes().events(agent.events(runDirectory));
        String link = "";
        if (archiveConsole && agent.file(runDirectory, CONSOLE).exists()) {
            link = "; its console: "
                    + where.archive(agent.folder(runDirectory), CONSOLE, "qemu-sh/" + machine + "/" + CONSOLE);
        }
        agent.stop(runDirectory);
        notes().moment(Moment.REMOVED);
        MachinesAction.setDirectory(where.run(), machine, null);
        where.log(machine + " is gone" + link);
    }

    private MachineNotes notes() {
        return MachinesAction.notes(where.run(), machine);
    }
}
