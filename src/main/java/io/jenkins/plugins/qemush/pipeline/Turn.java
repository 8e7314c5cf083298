package io.jenkins.plugins.qemush.pipeline;

import hudson.ExtensionList;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import java.util.function.Consumer;

/** A machine's turn on its agent, by the limits of the configuration page. */
public final class Turn {
    private final String agent;
    private final String block;
    private final int memory;

    /**
     * @param agent the node's name
     * @param block whose machine it is: any name that nothing else has
     * @param memory what its machine takes, in MB
     */
    public Turn(String agent, String block, int memory) {
        this.agent = agent;
        this.block = block;
        this.memory = memory;
    }

    /**
     * Waits for it, and says so if need be.
     *
     * @param title the node's name for people
     * @param log hears a line
     */
    public void await(String title, Consumer<String> log) throws InterruptedException {
        slots().take(
                        agent,
                        block,
                        memory,
                        new Configured(),
                        (machines, taken, before) -> log.accept(String.format(
                                "waits for its turn on %s: machines there %d (%d MB), blocks ahead of this one %d; limits %s",
                                title, machines, taken, before, new Configured())));
    }

    /** Takes it again after a restart of the controller. */
    void retake() {
        slots().retake(agent, block, memory);
    }

    /** Gives it back. A block that still waits for it stops waiting. */
    public void over() {
        slots().release(agent, block);
    }

    private static MachineSlots slots() {
        return ExtensionList.lookupSingleton(MachineSlots.class);
    }

    /** The configuration as it is whenever it is asked. */
    private static final class Configured implements MachineSlots.Limits {
        @Override
        public int machines() {
            return QemuShConfiguration.get().getMachinesPerAgent();
        }

        @Override
        public int memory() {
            return QemuShConfiguration.get().getMemoryPerAgent();
        }

        @Override
        public String toString() {
            return "machines " + orNone(machines(), "") + ", memory " + orNone(memory(), " MB");
        }

        private static String orNone(int limit, String unit) {
            return limit == 0 ? "any" : limit + unit;
        }
    }
}
