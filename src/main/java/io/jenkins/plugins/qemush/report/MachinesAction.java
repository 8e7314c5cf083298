package io.jenkins.plugins.qemush.report;

import hudson.model.Run;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.RunAction2;

/**
 * The machines that a build has had: their page, and where what is left of them lies. Kept with the build, one action for
 * all of its machines.
 */
public class MachinesAction implements RunAction2 {
    static final String FOLDER = "qemu-sh";

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,19}");

    /** Never changed but replaced: the build may be saved by another thread meanwhile. An ArrayList, as older builds have it. */
    private volatile ArrayList<Machine> machines = new ArrayList<>();

    /** Set whenever the build is loaded. */
    private transient Run<?, ?> run;

    /** One machine of the build. */
    public static final class Machine implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final String node;

        /** Null in builds of earlier versions. */
        private final String turn;

        /** Null until it was made, and again when it is gone. */
        private volatile String directory;

        private Machine(String name, String node, String turn) {
            this.name = name;
            this.node = node;
            this.turn = turn;
        }

        public String name() {
            return name;
        }

        public String node() {
            return node;
        }

        /** The name by which the block has its turn on the node, which outlives a new name of the job. */
        public String turn() {
            return turnOf(turn, directory);
        }

        /** That name in a build of an earlier version, which had none: the run directory's. */
        public static String turnOf(String turn, String directory) {
            return turn == null ? String.valueOf(directory) : turn;
        }

        /** The run directory on the node; null unless there is one. */
        public String directory() {
            return directory;
        }
    }

    /**
     * Notes that a build will have a machine.
     *
     * @param begun when its block began, in epoch milliseconds
     * @param turn see {@link Machine#turn}
     * @return what it is called in the build: by its architecture, with a number from the second one on
     */
    public static String add(Run<?, ?> run, MachineFacts facts, long begun, String turn) throws IOException {
        MachinesAction action;
        synchronized (run) {
            action = run.getAction(MachinesAction.class);
            if (action == null) {
                action = new MachinesAction();
                run.addAction(action);
            }
        }
        String name = action.add(facts.arch(), facts.node(), turn);
        MachineFolder folder = action.folder(name);
        folder.create(facts);
        folder.add(new TimelineEvent(begun, TimelineEvent.now(Moment.BEGUN).event(), ""));
        run.save();
        return name;
    }

    private synchronized String add(String arch, String node, String turn) {
        // It becomes the name of a folder here, and agents are not to choose that.
        String base = SAFE.matcher(arch).matches() ? arch : "machine";
        String name = base;
        for (int number = 2; find(name) != null; number++) {
            name = base + "-" + number;
        }
        ArrayList<Machine> more = new ArrayList<>(machines);
        more.add(new Machine(name, node, turn));
        machines = more;
        return name;
    }

    /** Notes where a machine's run directory is; null when it is gone. */
    public static void setDirectory(Run<?, ?> run, String name, String directory) throws IOException {
        MachinesAction action = run.getAction(MachinesAction.class);
        if (action != null) {
            synchronized (action) {
                action.find(name).directory = directory;
            }
            run.save();
        }
    }

    /** What to note of a machine; harmless when the build's action is gone. */
    public static MachineNotes notes(Run<?, ?> run, String name) {
        return new MachineNotes(new MachineFolder(folder(run, name)));
    }

    /** The artifact that a machine's console log becomes. */
    public static String artifact(String name) {
        return FOLDER + "/" + name + "/console.log";
    }

    /** All of them, as the build knows them. */
    public synchronized List<Machine> all() {
        return List.copyOf(machines);
    }

    /** The machines that have a run directory. */
    public synchronized List<Machine> present() {
        return machines.stream().filter(machine -> machine.directory != null).toList();
    }

    /** The pages of all machines, in the order of their blocks. */
    public synchronized List<MachinePage> getMachines() {
        return machines.stream().map(this::page).toList();
    }

    /** A machine's page, for Stapler. */
    public synchronized MachinePage getDynamic(String name) {
        Machine machine = find(name);
        return machine == null ? null : page(machine);
    }

    private MachinePage page(Machine machine) {
        return new MachinePage(run, machine.name, machine.directory, folder(machine.name));
    }

    private MachineFolder folder(String name) {
        return new MachineFolder(folder(run, name));
    }

    private static Path folder(Run<?, ?> run, String name) {
        return run.getRootDir().toPath().resolve(FOLDER).resolve(name);
    }

    private Machine find(String name) {
        return machines.stream()
                .filter(machine -> machine.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The build, for the views. */
    public Run<?, ?> getRun() {
        return run;
    }

    /** What the views show of all machines together. */
    public MachinesSummary getSummary() {
        return new MachinesSummary(getMachines());
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public String getIconFileName() {
        return "symbol-server";
    }

    @Override
    public String getDisplayName() {
        return Messages.MachinesAction_title();
    }

    @Override
    public String getUrlName() {
        return FOLDER;
    }
}
