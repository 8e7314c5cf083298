package io.jenkins.plugins.qemush.pipeline;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.FoundMachine;
import io.jenkins.plugins.qemush.report.MachinesAction;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes, when an agent connects, the machines on it whose build is over: what a lost agent, a crashed host or a lost
 * controller left behind. With none left, the engine's older versions go, too.
 */
@Extension
public class OrphanedMachines extends ComputerListener {
    private static final Logger LOGGER = Logger.getLogger(OrphanedMachines.class.getName());

    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        String node = computer.getName();
        Computer.threadPoolForRemoting.submit(() -> sweep(node));
    }

    private static void sweep(String node) {
        try {
            Agent agent = Agent.named(node);
            if (!agent.isUnix()) {
                return;
            }
            agent.standby().sweep();
            boolean used = false;
            for (FoundMachine machine : agent.machines()) {
                if (isBuilding(machine.owner())) {
                    used = true;
                } else {
                    LOGGER.log(Level.INFO, "removing the machine {0} on {1}: its build is over", new Object[] {
                        machine.directory(), node
                    });
                    remove(machine, node, agent);
                }
            }
            if (!used) {
                agent.removeOldEngines();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "machines on " + node + " were not looked after", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes its console and its timeline for the build only where the build has had it on this very node. */
    private static void remove(FoundMachine found, String node, Agent agent) throws IOException, InterruptedException {
        Run<?, ?> run = build(found.owner());
        MachinesAction action = run == null ? null : run.getAction(MachinesAction.class);
        if (action != null) {
            for (MachinesAction.Machine machine : action.present()) {
                if (machine.node().equals(node) && machine.directory().equals(found.directory())) {
                    new LeftMachine(run, machine).remove(agent);
                    return;
                }
            }
        }
        agent.stop(found.directory());
    }

    private static boolean isBuilding(String owner) {
        Run<?, ?> run = build(owner);
        return run != null && run.isBuilding();
    }

    /** The build that an agent names; null when there is none of that name, or the name is nonsense. */
    private static Run<?, ?> build(String owner) {
        try {
            return owner.isEmpty() ? null : Run.fromExternalizableId(owner);
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.FINE, "no build is called that", e);
            return null;
        }
    }
}
