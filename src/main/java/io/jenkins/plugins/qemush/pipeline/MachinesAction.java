package io.jenkins.plugins.qemush.pipeline;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The machines that a build has had, kept with the build: their names, and where what is left of them lies. */
public class MachinesAction extends InvisibleAction {
    private final List<Machine> machines = new ArrayList<>();

    /** One machine of the build. */
    static final class Machine implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final String node;

        /** Null until it was made, and again when it is gone. */
        private String directory;

        private Machine(String name, String node) {
            this.name = name;
            this.node = node;
        }

        String node() {
            return node;
        }

        String directory() {
            return directory;
        }
    }

    /**
     * Notes that a build will have a machine.
     *
     * @return what it is called in the build: the architecture, with a number from the second one on
     */
    static String add(Run<?, ?> run, String arch, String node) throws IOException {
        MachinesAction action;
        synchronized (run) {
            action = run.getAction(MachinesAction.class);
            if (action == null) {
                action = new MachinesAction();
                run.addAction(action);
            }
        }
        String name = action.add(arch, node);
        run.save();
        return name;
    }

    private synchronized String add(String arch, String node) {
        String name = arch;
        for (int number = 2; find(name) != null; number++) {
            name = arch + "-" + number;
        }
        machines.add(new Machine(name, node));
        return name;
    }

    /** Notes where a machine's run directory is; null when it is gone. */
    static void setDirectory(Run<?, ?> run, String name, String directory) throws IOException {
        MachinesAction action = run.getAction(MachinesAction.class);
        if (action != null) {
            synchronized (action) {
                action.find(name).directory = directory;
            }
            run.save();
        }
    }

    /** The machines that have a run directory. */
    synchronized List<Machine> present() {
        return machines.stream().filter(machine -> machine.directory != null).toList();
    }

    private Machine find(String name) {
        return machines.stream()
                .filter(machine -> machine.name.equals(name))
                .findFirst()
                .orElse(null);
    }
}
