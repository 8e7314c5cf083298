package io.jenkins.plugins.qemush.testboot;

import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.LastLine;
import io.jenkins.plugins.qemush.agent.MachineFailure;
import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.MachinePlace;
import io.jenkins.plugins.qemush.agent.MachinePlan;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.pipeline.BlockWorker;
import io.jenkins.plugins.qemush.pipeline.Turn;
import io.jenkins.plugins.qemush.report.ConsoleText;
import io.jenkins.plugins.qemush.report.LiveConsole;
import io.jenkins.plugins.qemush.report.MachineEnd;
import io.jenkins.plugins.qemush.report.MachineTimeline;
import io.jenkins.plugins.qemush.report.Moment;
import io.jenkins.plugins.qemush.report.MomentLog;
import io.jenkins.plugins.qemush.report.NoConsole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One test boot. In this order: the image gets ready, the machine waits for its turn, it boots, one command runs in it, it
 * is removed, and the boot is over. A failure, a stop, or a {@link Lease} that is over goes straight to the removal.
 *
 * <p>The machine has a limit for its total time, too: should the controller end, its agent removes it.
 */
final class TestBoot {
    private static final Logger LOGGER = Logger.getLogger(TestBoot.class.getName());

    private final String id;
    private final String node;
    private final String image;
    private final MachineOrder order;
    private final Lease lease = new Lease(System::nanoTime);
    private final BlockWorker worker = new BlockWorker();
    private final LastLine progress = new LastLine();
    private final MomentLog moments = new MomentLog();

    /** Set before the removal; what the page shows once the boot is over. */
    private MachineEnd outcome;

    /** Null until the run directory is made. */
    private volatile String directory;

    /** Null until there is a machine that wants its turn. */
    private Turn turn;

    private volatile String kernel = "";
    private volatile String events = "";

    /** Null until the machine is about to be removed. */
    private volatile ConsoleText kept;

    /** Null until the boot is over. */
    private volatile MachineEnd end;

    /**
     * @param id of letters and digits
     * @param node empty for the built-in one
     * @param image its name
     */
    TestBoot(String id, String node, String image, MachineOrder order) {
        this.id = id;
        this.node = node;
        this.image = image;
        this.order = order;
    }

    void start() {
        worker.start(this::boot, failure -> removeAfter(endOf(failure)));
    }

    /** Ends it; the page goes on to show what there was. */
    void stop() {
        worker.stop();
    }

    private void boot() throws IOException, InterruptedException {
        moments.add(Moment.BEGUN);
        progress.say(Messages.TestBoot_image());
        TaskListener log = new StreamTaskListener(progress, StandardCharsets.UTF_8);
        Agent agent = Agent.named(node);
        agent.requireUnix();
        agent.installEngine();
        MachinePlan plan = agent.plan(order, log);
        moments.add(Moment.IMAGE);
        turn = new Turn(node, "test boot " + id, plan.memory());
        turn.await(title(), progress::say);
        moments.add(Moment.TURN);
        MachinePlace place = agent.standby().place(order, "test-" + id, "");
        directory = place.directory();
        progress.say(Messages.TestBoot_boots());
        agent.start(order, place, Map.of());
        kernel = agent.firstCommand(directory, order.limits().boot(), log);
        removeAfter(MachineEnd.passed());
    }

    private static MachineEnd endOf(Exception failure) {
        if (failure instanceof QemuShException verdict) {
            return MachineEnd.crashed(MachineFailure.of(verdict));
        }
        return failure instanceof InterruptedException ? MachineEnd.aborted() : MachineEnd.failed(failure);
    }

    private void removeAfter(MachineEnd reached) {
        outcome = reached;
        worker.startLast(this::remove, this::failToRemove);
    }

    /** The turn is given back when the machine is gone: the next one needs its memory. */
    private void remove() throws IOException, InterruptedException {
        try {
            if (directory != null) {
                moments.add(Moment.ENDING);
                endMachine(Agent.named(node));
            }
        } finally {
            if (turn != null) {
                turn.over();
            }
        }
        moments.add(Moment.REMOVED);
        end = outcome;
    }

    private void endMachine(Agent agent) throws IOException, InterruptedException {
        try {
            events = agent.events(directory);
            if (agent.file(directory, "console.log").exists()) {
                kept = KeptConsole.read(agent.file(directory, "console.log").read());
            }
        } finally {
            agent.stop(directory);
        }
    }

    private void failToRemove(Exception reason) {
        LOGGER.log(Level.WARNING, "the machine of a test boot is still on " + title() + ": " + directory, reason);
        end = outcome;
    }

    String id() {
        return id;
    }

    String node() {
        return node;
    }

    /** The node's name for people. */
    String title() {
        return node.isEmpty() ? Messages.TestBoot_builtIn() : node;
    }

    String image() {
        return image;
    }

    Lease lease() {
        return lease;
    }

    /** Empty until it is over. */
    Optional<MachineEnd> end() {
        return Optional.ofNullable(end);
    }

    boolean isStarted() {
        return directory != null;
    }

    /** What it does, in a few words. */
    String progress() {
        return progress.text();
    }

    /** The guest's kernel; empty until a command ran. */
    String kernel() {
        return kernel;
    }

    ConsoleText console() {
        if (kept != null) {
            return kept;
        }
        String where = directory;
        return where == null || end != null ? new NoConsole(end == null) : new LiveConsole(node, where);
    }

    MachineTimeline timeline() throws InterruptedException {
        boolean live = end == null;
        String lines = events;
        if (live && lines.isEmpty() && directory != null) {
            try {
                lines = Agent.named(node).events(directory);
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "no timeline from " + title() + " now", e);
            }
        }
        return moments.timeline(lines, live);
    }
}
