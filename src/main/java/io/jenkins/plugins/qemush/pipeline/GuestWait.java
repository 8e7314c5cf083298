package io.jenkins.plugins.qemush.pipeline;

import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.RunningMachine;
import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.report.TimelineSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Waits for a guest that boots, through losses of the connection to its agent. */
final class GuestWait {
    /** How long the connection to the agent may be lost while the guest boots. */
    static final Duration RECONNECT = Duration.ofMinutes(5);

    private final BlockContext where;
    private final BlockMachine machine;
    private final SharedWorkspace workspace;

    GuestWait(BlockContext where, BlockMachine machine, SharedWorkspace workspace) {
        this.where = where;
        this.machine = machine;
        this.workspace = workspace;
    }

    /**
     * Returns once commands can run in the guest and see the workspace.
     *
     * @throws QemuShException when that will never be
     */
    RunningMachine await() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Duration boot = Duration.ofSeconds(machine.bootSeconds());
        while (true) {
            Agent agent = Agent.awaitNamed(machine.node(), RECONNECT);
            try {
                RunningMachine running = agent.awaitReachable(machine.directory(), workspace, boot, where.listener());
                tell(running, TimelineSummary.of(agent.events(machine.directory())), System.nanoTime() - start);
                return running;
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

    private void tell(RunningMachine running, TimelineSummary summary, long nanos) {
        where.log(String.format(
                Locale.ROOT,
                "%s answers after %.1f s: %s, %s; %s",
                machine.name(),
                nanos / 1e9,
                summary.start(),
                running.emulator(),
                summary.filesIn()));
    }
}
