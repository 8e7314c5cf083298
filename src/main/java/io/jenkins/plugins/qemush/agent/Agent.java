package io.jenkins.plugins.qemush.agent;

import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.qemush.engine.console.ConsolePage;
import io.jenkins.plugins.qemush.engine.console.ConsoleQuery;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * One agent, seen from the controller: what the Jenkins layer asks of the engine there. Every call is bounded in time.
 *
 * <p>Run directories are plain path strings on this side.
 */
public final class Agent {
    /** For a question that an agent answers at once unless it is badly overloaded. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Somebody waits for a page. */
    static final Duration PAGE_PATIENCE = Duration.ofSeconds(10);

    /** The launcher's own patience is a minute; this one must not end first. */
    private static final Duration START = Duration.ofSeconds(90);

    /** A workspace may be large, and the guest slow. */
    private static final Duration FIRST_FILES = Duration.ofMinutes(30);

    /** Others may have the host's memory for as long as their builds take; whoever does not want to wait aborts. */
    private static final Duration TURN = Duration.ofDays(1);

    /** What the agent changed since the last command goes in before the next one starts. */
    private static final Duration START_TASK = Duration.ofMinutes(10);

    /** An image may have to be downloaded. */
    static final Duration FETCH = Duration.ofHours(2);

    private static final long LOOK_MILLIS = 500;

    private final String name;
    private final VirtualChannel channel;
    private final FilePath root;
    private final AgentFolders folders;

    private Agent(String name, VirtualChannel channel, FilePath root, AgentFolders folders) {
        this.name = name;
        this.channel = channel;
        this.root = root;
        this.folders = folders;
    }

    /**
     * The agent of a node.
     *
     * @param nodeName empty for the built-in node
     * @throws HostFailure when it is not connected
     */
    public static Agent named(String nodeName) throws HostFailure {
        Computer computer = Jenkins.get().getComputer(nodeName);
        Node node = computer == null ? null : computer.getNode();
        VirtualChannel channel = computer == null ? null : computer.getChannel();
        FilePath root = node == null ? null : node.getRootPath();
        if (channel == null || root == null) {
            throw new HostFailure(
                    "The agent " + nodeName + " is not connected.",
                    "What is left of its machines is removed when it connects again.");
        }
        AgentFolders folders =
                ExtensionList.lookupSingleton(AgentFolders.Source.class).agentFolders();
        return new Agent(nodeName, channel, root, folders);
    }

    /** The same, waiting for a connection that is just lost. */
    public static Agent awaitNamed(String nodeName, Duration patience) throws HostFailure, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return named(nodeName);
            } catch (HostFailure e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    /** Whether this connection is still the agent's. */
    public boolean isConnected() {
        Computer computer = Jenkins.get().getComputer(name);
        return computer != null && channel == computer.getChannel();
    }

    /** Whether the engine can run there at all. */
    public boolean isUnix() {
        Computer computer = Jenkins.get().getComputer(name);
        return computer != null && Boolean.TRUE.equals(computer.isUnix());
    }

    /** @throws HostFailure when the engine cannot run there at all */
    public void requireUnix() throws HostFailure {
        if (!isUnix()) {
            throw new HostFailure("The agent " + name + " is no Unix agent.", "Use another agent.");
        }
    }

    /** Copies the engine's jars there unless it has them. */
    public void installEngine() throws IOException, InterruptedException {
        jars().installOn(root, calls());
    }

    /** Gets the image ready and tells what the machine will be. */
    public MachinePlan plan(MachineOrder order, TaskListener log) throws IOException, InterruptedException {
        return calls().call(new AgentCalls.Plan(order, folders, log), FETCH);
    }

    /**
     * Starts the supervisor of a machine; the guest boots on. One that stood by has its limits from now on.
     *
     * @param environment set for the supervisor on top of the agent's own
     */
    public void start(MachineOrder order, MachinePlace place, Map<String, String> environment)
            throws IOException, InterruptedException {
        String engine = jars().folderOn(root).getRemote();
        calls().call(new AgentCalls.Start(order, folders, place, engine, environment), START);
    }

    /**
     * Waits until commands can run in a machine and see the workspace.
     *
     * @param boot the limit for the boot, which the machine itself watches
     * @param log hears that the machine waits for memory of its host
     */
    public RunningMachine awaitReachable(String directory, SharedWorkspace workspace, Duration boot, TaskListener log)
            throws IOException, InterruptedException {
        Duration patience = TURN.plus(boot).plus(FIRST_FILES);
        return calls().call(new AgentCalls.AwaitReachable(directory, workspace, log), patience);
    }

    /** Why a machine is dead; empty while its supervisor lives. */
    public Optional<MachineFailure> failure(String directory) throws IOException, InterruptedException {
        return Optional.ofNullable(calls().call(new AgentCalls.AskFailure(directory), PATIENCE));
    }

    /** Ends a machine, dead or alive, and removes its run directory. */
    public void stop(String directory) throws IOException, InterruptedException {
        calls().call(new AgentCalls.Stop(directory), PATIENCE);
    }

    /** Starts a durable task in the guest. */
    public void startTask(String directory, GuestTask task, SharedWorkspace workspace)
            throws IOException, InterruptedException {
        calls().call(new AgentCalls.StartTask(directory, task, workspace), START_TASK);
    }

    /**
     * Kills what runs in the guest with a variable in its environment.
     *
     * @param variable {@code NAME=value}
     */
    public void killTasks(String directory, String variable) throws IOException, InterruptedException {
        calls().call(new AgentCalls.KillTasks(directory, variable), PATIENCE);
    }

    /** Runs a command in the guest while this side does other things. */
    public Future<Integer> run(GuestProcess process) throws IOException {
        return channel.callAsync(process);
    }

    /** The machines that stand by on it. */
    public AgentStandby standby() {
        return new AgentStandby(calls(), root, runRoot(), folders);
    }

    /** The images on it. */
    public AgentImages images() {
        return new AgentImages(calls(), folders);
    }

    /**
     * Waits until a command can run in a machine, and runs one.
     *
     * @param boot the limit for the boot, in seconds, which the machine itself watches
     * @param log hears that the machine waits for memory of its host
     * @return the guest's kernel, in the words of its {@code uname}
     */
    public String firstCommand(String directory, int boot, TaskListener log) throws IOException, InterruptedException {
        Duration patience = TURN.plusSeconds(boot).plus(PATIENCE);
        return calls().call(new TestCalls.FirstCommand(directory, log), patience);
    }

    /** Asks the console log of a machine. */
    public ConsolePage console(String directory, ConsoleQuery query) throws IOException, InterruptedException {
        return calls().call(new ReportCalls.AskConsole(directory, query), PAGE_PATIENCE);
    }

    /** The lines of a machine's timeline, as its run directory has them. */
    public String events(String directory) throws IOException, InterruptedException {
        return calls().call(new ReportCalls.ReadEvents(directory), PAGE_PATIENCE);
    }

    /** A machine's run directory. */
    public FilePath folder(String directory) {
        return new FilePath(channel, directory);
    }

    /** A file in there. */
    public FilePath file(String directory, String child) {
        return folder(directory).child(child);
    }

    /** All run directories that were made for this agent. */
    public List<FoundMachine> machines() throws IOException, InterruptedException {
        return calls().call(new AgentCalls.ListMachines(runRoot()), PATIENCE);
    }

    /** Removes the engine's jars of other versions; nothing must run on them any more. */
    public void removeOldEngines() throws IOException, InterruptedException {
        String home = EngineJars.home(root).getRemote();
        calls().call(new AgentCalls.RemoveOthers(home, jars().folderName()), PATIENCE);
    }

    private BoundedCall calls() {
        return new BoundedCall(channel);
    }

    private static EngineJars jars() {
        return ExtensionList.lookupSingleton(EngineJars.class);
    }

    private AgentRunRoot runRoot() {
        return AgentRunRoot.of(Jenkins.get().getLegacyInstanceId() + "/" + name, folders);
    }
}
