package io.jenkins.plugins.qemush.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The machines of a build in a few words. */
public final class MachinesSummary {
    private static final int MOST_NAMED = 5;

    private final List<MachinePage> machines;

    MachinesSummary(List<MachinePage> machines) {
        this.machines = machines;
    }

    /** {@code 3 virtual machines: 2 passed, 1 crashed}. */
    public String getCounts() {
        Map<String, Long> counts = machines.stream()
                .collect(Collectors.groupingBy(
                        machine -> machine.getState().name(), LinkedHashMap::new, Collectors.counting()));
        String states = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        return machines.size() == 1
                ? Messages.MachinesSummary_one(states)
                : Messages.MachinesSummary_many(machines.size(), states);
    }

    /** The first ones that did not do well. */
    public List<MachinePage> getFailed() {
        return machines.stream()
                .filter(machine -> machine.getState().style().equals("error"))
                .limit(MOST_NAMED)
                .toList();
    }
}
