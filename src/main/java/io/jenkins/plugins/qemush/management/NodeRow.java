package io.jenkins.plugins.qemush.management;

import hudson.model.Computer;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * A node, as the page shows it.
 *
 * @param name empty for the built-in one
 * @param problem why it cannot be asked; empty when it can
 */
record NodeRow(String name, String title, String problem) {
    static List<NodeRow> all() {
        return Arrays.stream(Jenkins.get().getComputers()).map(NodeRow::of).toList();
    }

    private static NodeRow of(Computer computer) {
        String name = computer.getName();
        return new NodeRow(name, name.isEmpty() ? Messages.NodeRow_builtIn() : name, problem(computer));
    }

    private static String problem(Computer computer) {
        if (computer.getChannel() == null) {
            return Messages.NodeRow_offline();
        }
        return Boolean.TRUE.equals(computer.isUnix()) ? "" : Messages.NodeRow_noUnix();
    }
}
