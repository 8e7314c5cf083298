package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import hudson.model.Computer;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.MachineFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.report.MachineEnd;
import io.jenkins.plugins.qemush.report.MachineNotes;
import io.jenkins.plugins.qemush.report.MachinesAction;
import io.jenkins.plugins.qemush.report.Moment;
import io.jenkins.plugins.qemush.report.TimelineSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The end of a block: tells the verdict on a machine that failed, archives its console log, removes it. */
final class MachineRemoval {
    /** How long the agent may be away when the block ends; what is left there is otherwise removed when it comes back. */
    private static final Duration RECONNECT = Duration.ofMinutes(1);

    /** How long it may take to archive the console. */
    private static final Duration ARCHIVING = Duration.ofMinutes(5);

    private static final Logger LOGGER = Logger.getLogger(MachineRemoval.class.getName());

    private static final String CONSOLE = "console.log";

    private final BlockContext where;

    /** Null when the block did not get that far. */
    private final BlockMachine machine;

    private final boolean archiveConsole;

    /** Why the machine failed; null while that is not known, or not so. */
    private MachineFailure verdict;

    /**
     * @param machine null when none was ordered
     */
    MachineRemoval(BlockContext where, BlockMachine machine, boolean archiveConsole) {
        this.where = where;
        this.machine = machine;
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
        if (machine != null && machine.directory() != null) {
            outcome = afterMachine(outcome);
        }
        if (machine != null) {
            machine.notes(where).end(end(outcome.failure()));
        }
        return outcome;
    }

    private Outcome afterMachine(Outcome body) throws InterruptedException {
        Outcome outcome = body;
        try {
            Agent agent = Agent.awaitNamed(machine.node(), RECONNECT);
            Optional<MachineFailure> failure = verdict == null ? agent.failure(machine.directory()) : Optional.empty();
            if (failure.isPresent()) {
                Outcome told = told(failure.get());
                // Whoever aborted the build wants to read that.
                outcome = body.failure() instanceof FlowInterruptedException ? body : told;
            }
            remove(agent);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "not cleaned up: " + machine.directory(), e);
            where.log("not cleaned up on " + BlockContext.title(machine.node())
                    + "; that is done when it connects again: " + e.getMessage());
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
        MachineNotes notes = machine.notes(where);
        notes.moment(Moment.ENDING);
        String kept = keep(agent);
        agent.stop(machine.directory());
        notes.moment(Moment.REMOVED);
        MachinesAction.setDirectory(where.run(), machine.name(), null);
        where.log("the machine " + machine.name() + " has ended; " + kept);
    }

    /** Saves timeline and console. The machine goes, whether or not that works. */
    private String keep(Agent agent) throws InterruptedException {
        String directory = machine.directory();
        try {
            String events = agent.events(directory);
            machine.notes(where).events(events);
            String files = TimelineSummary.of(events).files();
            if (!archiveConsole) {
                return files;
            }
            // Neither Jenkins' file calls nor an artifact store's have a limit of their own.
            return files
                    + new TimeLimit(Computer.threadPoolForRemoting, ARCHIVING)
                            .of("The archiving", () -> archived(agent));
        } catch (IOException | RuntimeException e) {
            return "its console could not be archived: " + e.getMessage();
        }
    }

    private String archived(Agent agent) throws IOException, InterruptedException {
        if (!agent.file(machine.directory(), CONSOLE).exists()) {
            return "";
        }
        String artifact = MachinesAction.artifact(machine.name());
        return "; its console: " + where.archive(agent.folder(machine.directory()), CONSOLE, artifact);
    }
}
