package io.jenkins.plugins.qemush.pipeline;

import hudson.Extension;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may have a machine on which agent, when the configuration limits their number or their memory: first come, first
 * served.
 *
 * <p>Kept in memory. After a restart of the controller the blocks that have a machine {@link #retake take} their slots
 * again, whatever the limits say.
 */
@Extension
public class MachineSlots {
    /** How often a waiting block looks at the limits again, which somebody may have raised. */
    private static final long LOOK_MILLIS = 5_000;

    private final Map<String, AgentSlots> agents = new HashMap<>();

    /** The slots of one agent. */
    private static final class AgentSlots {
        /** The memory in MB of each block that has a machine. */
        private final Map<String, Integer> taken = new LinkedHashMap<>();

        private final Deque<String> waiting = new ArrayDeque<>();

        private int memory() {
            return taken.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** What the configuration allows now; 0 stands for no limit. */
    interface Limits {
        int machines();

        int memory();
    }

    /**
     * Waits until a machine fits on its agent.
     *
     * @param block who asks; the name to {@link #release} by
     * @param memory in MB; a machine that is larger than the limit gets its turn alone
     * @param beforeWaiting told once when there is need to wait: the number of blocks before this one, and the memory taken
     * @throws InterruptedException also when the block is {@link #release released} while it waits
     */
    synchronized void take(String agent, String block, int memory, Limits limits, WaitListener beforeWaiting)
            throws InterruptedException {
        AgentSlots slots = agents.computeIfAbsent(agent, name -> new AgentSlots());
        slots.waiting.add(block);
        try {
            if (!fits(slots, block, memory, limits)) {
                beforeWaiting.waiting(slots.taken.size(), slots.memory(), slots.waiting.size() - 1);
            }
            while (!fits(slots, block, memory, limits)) {
                wait(LOOK_MILLIS);
                if (!slots.waiting.contains(block)) {
                    throw new InterruptedException("its build is over");
                }
            }
            slots.taken.put(block, memory);
        } finally {
            slots.waiting.remove(block);
            notifyAll();
        }
    }

    /** Notes that a block has a machine already. */
    synchronized void retake(String agent, String block, int memory) {
        agents.computeIfAbsent(agent, name -> new AgentSlots()).taken.put(block, memory);
    }

    /** Gives a slot back, or the place among those that wait; does nothing when the block has none. */
    synchronized void release(String agent, String block) {
        AgentSlots slots = agents.get(agent);
        if (slots != null) {
            slots.taken.remove(block);
            slots.waiting.remove(block);
            notifyAll();
        }
    }

    private static boolean fits(AgentSlots slots, String block, int memory, Limits limits) {
        boolean first = block.equals(slots.waiting.peek());
        boolean oneMore = limits.machines() == 0 || slots.taken.size() < limits.machines();
        boolean room = limits.memory() == 0 || slots.taken.isEmpty() || slots.memory() + memory <= limits.memory();
        return first && oneMore && room;
    }

    /** Hears that a block has to wait. */
    interface WaitListener {
        /**
         * @param machines that run on the agent
         * @param memory that they take, in MB
         * @param before blocks ahead of this one
         */
        void waiting(int machines, int memory, int before);
    }
}
