package io.jenkins.plugins.qemush.engine.standby;

import io.jenkins.plugins.qemush.engine.supervisor.HostBudget;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All machines of one {@link StandbyOrder}. They have the room that the machines in use leave, and give it up as soon as
 * one more of those begins.
 */
final class StandbyPools {
    /** How often the images are looked at again. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final StandbyOrder order;
    private final Map<String, KeptKind> kinds = new LinkedHashMap<>();
    private final OtherMachines others;
    private long nextLook = System.nanoTime();

    private StandbyPools(StandbyOrder order, RunRoot root) {
        this.order = order;
        this.others = new OtherMachines(root);
    }

    /** With no machine yet. */
    static StandbyPools of(StandbyOrder order, Consumer<String> log) throws IOException {
        RunRoot root = RunRoot.at(order.root());
        StandbyMachines.removeLeftIn(root);
        StandbyPools pools = new StandbyPools(order, root);
        order.kinds().forEach(kind -> pools.kinds.put(kind.name(), new KeptKind(kind.name(), root, log)));
        return pools;
    }

    /** With the machines of an earlier order that this one wants, too; the others are ended. */
    static StandbyPools after(StandbyPools earlier, StandbyOrder order, Consumer<String> log)
            throws IOException, InterruptedException {
        if (!earlier.order.root().equals(order.root())) {
            earlier.end();
            return of(order, log);
        }
        StandbyPools pools = of(order, log);
        List<String> names = order.kinds().stream().map(StandbyOrder.Kind::name).toList();
        for (Map.Entry<String, KeptKind> kind : earlier.kinds.entrySet()) {
            if (names.contains(kind.getKey())) {
                pools.kinds.put(kind.getKey(), kind.getValue());
            } else {
                kind.getValue().end();
            }
        }
        return pools;
    }

    /** Ends what is too much, or makes one of what is missing. */
    void tend() throws IOException, InterruptedException {
        if (System.nanoTime() - nextLook >= 0) {
            for (StandbyOrder.Kind kind : order.kinds()) {
                kinds.get(kind.name()).want(kind.request());
            }
            nextLook = System.nanoTime() + LOOK.toNanos();
        }
        StandbyRoom room = others.leave(order.limits());
        boolean more = !HostBudget.ofUser().isShort();
        for (StandbyOrder.Kind kind : order.kinds()) {
            int memory = kind.request().memory();
            int count = room.fitting(kind.count(), memory);
            room = room.without(count, memory);
            // One at a time: the next look may find less room.
            more = !kinds.get(kind.name()).keep(count, more) && more;
        }
    }

    void end() throws IOException, InterruptedException {
        for (KeptKind kind : kinds.values()) {
            kind.end();
        }
    }
}
