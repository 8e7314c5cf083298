package io.jenkins.plugins.qemush.agent;

import hudson.ExtensionList;
import hudson.FilePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The machines that stand by on one agent, seen from the controller. Every call is bounded in time. */
public final class AgentStandby {
    private final BoundedCall calls;
    private final FilePath root;
    private final StandbyCalls.Where where;

    /** @param root of the agent */
    AgentStandby(BoundedCall calls, FilePath root, AgentRunRoot runs, AgentFolders folders) {
        this.calls = calls;
        this.root = root;
        String home = EngineJars.home(root).child("standby-" + runs.id()).getRemote();
        this.where = new StandbyCalls.Where(runs, folders, home);
    }

    /**
     * Has these machines kept, as far as their images lie on the agent and are in use there, for some minutes from now on:
     * whoever wants them says so again and again. Without any those that are there end.
     *
     * @param machines that may be on the agent, in use or not; 0 for any number
     * @param memory that they may have together, in MB; 0 for any
     */
    public void keep(List<StandbyWish> wishes, int machines, int memory) throws IOException, InterruptedException {
        EngineJars jars = ExtensionList.lookupSingleton(EngineJars.class);
        String engine = jars.folderOn(root).getRemote();
        boolean alone = calls.call(new StandbyCalls.Order(where, engine, wishes, machines, memory), Agent.PATIENCE);
        if (alone) {
            jars.installOn(root, calls);
            calls.call(new StandbyCalls.Start(where, engine), Agent.PATIENCE);
        }
    }

    /**
     * Takes a machine that stands by if there is one that is as wanted, else makes a run directory. {@link Agent#start} is
     * expected within two minutes.
     *
     * @param machine what the run directory is called that is made
     * @param owner the build, as {@code Run.getExternalizableId} has it
     */
    public MachinePlace place(MachineOrder order, String machine, String owner)
            throws IOException, InterruptedException {
        return calls.call(new StandbyCalls.Place(where, order, machine, owner), Agent.PATIENCE);
    }

    /** How many machines of an image stand by there now; empty when the image is not in use there. */
    public Optional<Integer> count(String image) throws IOException, InterruptedException {
        return Optional.ofNullable(calls.call(new StandbyCalls.Count(where, image), Agent.PAGE_PATIENCE));
    }

    /** An image of the configuration is about to be used there. */
    public void use(String image) throws IOException, InterruptedException {
        calls.call(new StandbyCalls.Use(where, image, true), Agent.PATIENCE);
    }

    /** An image of the configuration is used there no more, until somebody does. */
    public void forget(String image) throws IOException, InterruptedException {
        calls.call(new StandbyCalls.Use(where, image, false), Agent.PATIENCE);
    }

    /** Removes what machines left there that had no time to do so themselves. */
    public void sweep() throws IOException, InterruptedException {
        calls.call(new StandbyCalls.Sweep(where), Agent.PATIENCE);
    }
}
