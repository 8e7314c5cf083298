package io.jenkins.plugins.qemush.pipeline;

import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.MachinePlace;
import io.jenkins.plugins.qemush.agent.MachinePlan;
import io.jenkins.plugins.qemush.report.MachineFacts;
import io.jenkins.plugins.qemush.report.MachineNotes;
import io.jenkins.plugins.qemush.report.MachinesAction;
import java.io.IOException;
import java.io.Serializable;
import java.util.UUID;

/** A block's machine, from its order on. A plain class: it is kept with the build. */
final class BlockMachine implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String node;
    private final String name;
    private final int memory;
    private final int bootSeconds;
    private final String directory;

    /** Null in builds of earlier versions. */
    private final String turn;

    private BlockMachine(String node, String name, int memory, int bootSeconds, String directory, String turn) {
        this.node = node;
        this.name = name;
        this.memory = memory;
        this.bootSeconds = bootSeconds;
        this.directory = directory;
        this.turn = turn;
    }

    /**
     * One that is ordered, and nothing is known of it but that.
     *
     * @param facts what the build's page is to show
     * @param begun when the block began, in epoch milliseconds
     */
    static BlockMachine ordered(BlockContext where, MachineOrder order, MachineFacts facts, long begun)
            throws IOException {
        String turn = UUID.randomUUID().toString();
        String name = MachinesAction.add(where.run(), facts, begun, turn);
        return new BlockMachine(where.nodeName(), name, 0, order.limits().boot(), null, turn);
    }

    /** The same machine with its image ready; once more after a restart: the configuration may have changed meanwhile. */
    BlockMachine planned(MachineOrder order, MachinePlan plan) {
        return new BlockMachine(node, name, plan.memory(), order.limits().boot(), null, turn);
    }

    /** A name for the run directory that no other has. */
    String freshDirectoryName() {
        return name + "-" + UUID.randomUUID().toString().substring(0, 6);
    }

    /** The same machine with its run directory, of which the build knows from now on. */
    BlockMachine in(MachinePlace place, MachinePlan plan, BlockContext where) throws IOException {
        MachinesAction.setDirectory(where.run(), name, place.directory());
        where.log((place.stoodBy() ? "takes a machine that stands by: " : "boots ") + plan.title() + " on "
                + where.nodeTitle());
        return new BlockMachine(node, name, memory, bootSeconds, place.directory(), turn);
    }

    /** The node's name; empty for the built-in node. */
    String node() {
        return node;
    }

    /** Its name in the build. */
    String name() {
        return name;
    }

    /** The limit for the boot. */
    int bootSeconds() {
        return bootSeconds;
    }

    /** The run directory's path on the agent; null until it is made. */
    String directory() {
        return directory;
    }

    MachineNotes notes(BlockContext where) {
        return MachinesAction.notes(where.run(), name);
    }

    Turn turn() {
        return new Turn(node, MachinesAction.Machine.turnOf(turn, directory), memory);
    }
}
