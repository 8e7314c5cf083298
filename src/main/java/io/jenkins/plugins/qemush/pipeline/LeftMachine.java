package io.jenkins.plugins.qemush.pipeline;

import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.report.MachineEnd;
import io.jenkins.plugins.qemush.report.MachineNotes;
import io.jenkins.plugins.qemush.report.MachinePage;
import io.jenkins.plugins.qemush.report.MachinesAction;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.BuildListenerAdapter;

/** A machine of a build that is over: its block never heard of its end. */
final class LeftMachine {
    private static final Logger LOGGER = Logger.getLogger(LeftMachine.class.getName());
    private static final String CONSOLE = "console.log";

    private final Run<?, ?> run;
    private final MachinesAction.Machine machine;

    LeftMachine(Run<?, ?> run, MachinesAction.Machine machine) {
        this.run = run;
        this.machine = machine;
    }

    /** Keeps its timeline and its console with the build, as far as that is possible, and removes it. */
    void remove(Agent agent) throws IOException, InterruptedException {
        try {
            keep(agent);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the console of " + machine.directory() + " was not kept", e);
        }
        agent.stop(machine.directory());
        MachinesAction.setDirectory(run, machine.name(), null);
    }

    private void keep(Agent agent) throws IOException, InterruptedException {
        MachineNotes notes = MachinesAction.notes(run, machine.name());
        notes.events(agent.events(machine.directory()));
        MachinePage page = run.getAction(MachinesAction.class).getDynamic(machine.name());
        if (page.getFacts().archive()
                && agent.file(machine.directory(), CONSOLE).exists()) {
            run.pickArtifactManager()
                    .archive(
                            agent.folder(machine.directory()),
                            node().createLauncher(TaskListener.NULL),
                            new BuildListenerAdapter(TaskListener.NULL),
                            Map.of(MachinesAction.artifact(machine.name()), CONSOLE));
        }
        notes.end(MachineEnd.aborted());
    }

    private Node node() throws IOException {
        Computer computer = Jenkins.get().getComputer(machine.node());
        Node node = computer == null ? null : computer.getNode();
        if (node == null) {
            throw new IOException("The node " + machine.node() + " is no longer there.");
        }
        return node;
    }
}
