package io.jenkins.plugins.qemush.pipeline;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.report.MachinesAction;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Removes the machines of a build that was killed the hard way, and frees their slots: its blocks never hear of their end. */
@Extension
public class MachinesOfFinishedBuilds extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(MachinesOfFinishedBuilds.class.getName());

    /** Runs in the thread of the request that killed the build: nothing may take time here. */
    @Override
    public void onFinalized(Run<?, ?> run) {
        MachinesAction action = run.getAction(MachinesAction.class);
        if (action == null) {
            return;
        }
        for (MachinesAction.Machine machine : action.all()) {
            new Turn(machine.node(), machine.turn(), 0).over();
        }
        for (MachinesAction.Machine machine : action.present()) {
            Computer.threadPoolForRemoting.submit(() -> remove(run, machine));
        }
    }

    private static void remove(Run<?, ?> run, MachinesAction.Machine machine) {
        try {
            new LeftMachine(run, machine).remove(Agent.named(machine.node()));
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "not removed until " + machine.node() + " connects again: " + machine.directory(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
