package io.jenkins.plugins.qemush.report;

import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.MachinePlan;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import java.util.ArrayList;
import java.util.List;

/** The commands that boot a build's machine at one's own desk: how to get its image, unless it is there, and the run. */
final class Reproduction {
    private final MachineOrder order;
    private final MachinePlan plan;
    private final List<String> lines = new ArrayList<>();

    private Reproduction(MachineOrder order, MachinePlan plan) {
        this.order = order;
        this.plan = plan;
    }

    static List<String> of(MachineOrder order, MachinePlan plan) {
        Reproduction reproduction = new Reproduction(order, plan);
        reproduction.getImage();
        reproduction.run();
        return reproduction.lines;
    }

    private void getImage() {
        for (List<String> command : order.image().commands()) {
            lines.add(ShellQuote.readable(command));
        }
    }

    private void run() {
        List<String> run = new ArrayList<>(List.of("qemu-sh", "run"));
        List<String> byHand = order.image().runFlags();
        run.addAll(byHand.isEmpty() ? List.of("--image", plan.image()) : byHand);
        run.addAll(List.of("--user", plan.user(), "--memory", Integer.toString(plan.memory())));
        run.addAll(List.of("--cpus", Integer.toString(order.cpus())));
        if (!order.network()) {
            run.addAll(List.of("--network", "isolated"));
        }
        if (order.fixNetwork()) {
            run.add("--fix-network");
        }
        run.addAll(List.of("--sync", ".", "--", "sh"));
        lines.add(ShellQuote.readable(run));
    }
}
