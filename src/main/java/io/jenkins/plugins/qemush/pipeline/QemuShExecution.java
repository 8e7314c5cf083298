package io.jenkins.plugins.qemush.pipeline;

import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.MachinePlan;
import io.jenkins.plugins.qemush.agent.RunningMachine;
import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import io.jenkins.plugins.qemush.report.MachineFacts;
import io.jenkins.plugins.qemush.report.MachineNotes;
import io.jenkins.plugins.qemush.report.MachinesAction;
import io.jenkins.plugins.qemush.report.Moment;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * One {@code qemuSh} block, from the order of its machine to the last trace of it.
 *
 * <p>The phase and the run directory are kept with the build. In this order:
 *
 * <ol>
 *   <li>WAITING: the agent gets the engine and the image, and the block waits for its turn. Nothing is there yet that
 *       would have to be removed. After a restart of the controller: begins again.
 *   <li>STARTING: the run directory exists; its supervisor is being started, which may have succeeded or not when the
 *       controller ends. After a restart: whatever is there is removed, and the block begins again.
 *   <li>BOOTING: the supervisor lives, and boots the guest whatever becomes of Jenkins. After a restart: waits on.
 *   <li>BODY: the body runs; {@link GuestLauncherDecorator} sends its launches to the guest, {@link MachineWatch} ends a
 *       body whose machine has died. After a restart: the body goes on by itself.
 *   <li>ENDING: the body's outcome is kept; {@link MachineRemoval} does the rest, and the block is over. After a restart:
 *       ends again.
 * </ol>
 *
 * <p>A failure or an abort in one of the first three goes to ENDING with that outcome. An abort in BODY goes to the body,
 * and the block ends when the body does. ENDING is bounded in time and cannot be aborted.
 *
 * <p>All that may take time is done by a {@link BlockWorker}: Pipeline's thread must never wait for an agent.
 */
final class QemuShExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private enum Phase {
        WAITING,
        STARTING,
        BOOTING,
        BODY,
        ENDING
    }

    private final QemuShStep step;
    private Phase phase = Phase.WAITING;

    /** Set while WAITING; empty for the built-in node. */
    private String nodeName;

    /** The machine's name in the build; set while WAITING. */
    private String name;

    /** What the machine takes, in MB; set with the name. */
    private int memory;

    /** The limit for the boot; set with the name. */
    private int bootSeconds;

    /** The run directory's path on the agent; set with STARTING. */
    private String runDirectory;

    /** Set with BODY. */
    private BodyExecution body;

    /** Set with ENDING. */
    private volatile Outcome outcome;

    /** Why the block is to stop: an abort before BODY. */
    private transient Throwable stopCause;

    private transient BlockWorker worker;
    private transient MachineWatch watch;

    QemuShExecution(StepContext context, QemuShStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() {
        worker().start(this::begin, this::fail);
        return false;
    }

    @Override
    public synchronized void onResume() {
        switch (phase) {
            case WAITING -> worker().start(this::begin, this::fail);
            case STARTING -> worker().start(this::beginAgain, this::fail);
            case BOOTING -> worker().start(this::awaitGuestAgain, this::fail);
            case BODY -> worker().start(this::watchAgain, this::fail);
            case ENDING -> worker().startLast(this::end, this::failAtEnd);
        }
    }

    @Override
    public synchronized void stop(Throwable cause) {
        switch (phase) {
            case WAITING, STARTING, BOOTING -> {
                stopCause = cause;
                worker().stop();
            }
            case BODY -> body.cancel(cause);
            case ENDING -> {
                // It is about to end, in bounded time.
            }
        }
    }

    @Override
    public synchronized String getStatus() {
        return phase.name().toLowerCase(Locale.ROOT) + (runDirectory == null ? "" : " " + runDirectory);
    }

    private void begin() throws IOException, InterruptedException {
        long begun = System.currentTimeMillis();
        BlockContext where = BlockContext.of(getContext());
        where.requireUnix();
        nodeName = where.nodeName();
        Agent agent = Agent.named(nodeName);
        MachineOrder order = step.order();
        agent.installEngine();
        MachinePlan plan = agent.plan(order, where.listener());
        if (name == null) {
            name = MachinesAction.add(where.run(), MachineFacts.of(order, plan, nodeName), begun);
        }
        memory = plan.memory();
        bootSeconds = order.limits().boot();
        turn(where).await(where.nodeTitle(), where::log);
        notes(where).moment(Moment.TURN);
        where.log("boots " + plan.image() + " (" + plan.arch() + ", " + memory + " MB) on " + where.nodeTitle());
        runDirectory = agent.createRunDirectory(
                name + "-" + UUID.randomUUID().toString().substring(0, 6),
                where.run().getExternalizableId());
        MachinesAction.setDirectory(where.run(), name, runDirectory);
        enter(Phase.STARTING, where);
        agent.start(order, runDirectory, where.nodeCookie());
        enter(Phase.BOOTING, where);
        awaitGuest(where);
    }

    private void beginAgain() throws IOException, InterruptedException {
        Agent.awaitNamed(nodeName, GuestWait.RECONNECT).stop(runDirectory);
        begin();
    }

    private void awaitGuestAgain() throws IOException, InterruptedException {
        BlockContext where = BlockContext.of(getContext());
        turn(where).retake();
        awaitGuest(where);
    }

    private void watchAgain() throws IOException, InterruptedException {
        turn(BlockContext.of(getContext())).retake();
        watchBody();
    }

    private void awaitGuest(BlockContext where) throws IOException, InterruptedException {
        long start = System.nanoTime();
        SharedWorkspace workspace = step.workspace(where.workspace());
        RunningMachine machine = new GuestWait(where, nodeName, runDirectory, workspace).await(bootSeconds);
        where.log(String.format(Locale.ROOT, "%s answers after %.1f s", name, (System.nanoTime() - start) / 1e9));
        notes(where).running(machine.qemu());
        startBody(where, machine, workspace);
    }

    private void startBody(BlockContext where, RunningMachine machine, SharedWorkspace workspace)
            throws IOException, InterruptedException {
        GuestLauncherDecorator decorator =
                new GuestLauncherDecorator(nodeName, runDirectory, workspace, where.agentEnvironment());
        BodyInvoker invoker = getContext()
                .newBodyInvoker()
                .withContexts(
                        BodyInvoker.mergeLauncherDecorators(where.outerDecorator(), decorator),
                        EnvironmentExpander.merge(
                                where.outerEnvironment(), EnvironmentExpander.constant(machine.variables())))
                .withCallback(new BodyEnd());
        synchronized (this) {
            worker().checkpoint();
            body = invoker.start();
            phase = Phase.BODY;
        }
        watchBody();
        where.saveState();
    }

    private synchronized void watchBody() {
        if (phase == Phase.BODY) {
            watch = MachineWatch.start(nodeName, runDirectory, body);
        }
    }

    /** Hears of the body's end, in Pipeline's thread. */
    private final class BodyEnd extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        @Override
        public void onSuccess(StepContext context, Object result) {
            enterEnd(Outcome.success(result));
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            enterEnd(Outcome.failure(failure));
        }
    }

    private synchronized void fail(Exception reason) {
        enterEnd(Outcome.failure(stopCause != null ? stopCause : reason));
    }

    private synchronized void enterEnd(Outcome reached) {
        if (watch != null) {
            watch.close();
        }
        outcome = reached;
        phase = Phase.ENDING;
        worker().startLast(this::end, this::failAtEnd);
    }

    private void end() throws IOException, InterruptedException {
        BlockContext where = BlockContext.of(getContext());
        Outcome last = new MachineRemoval(where, name, runDirectory, step.isArchiveConsole()).after(outcome);
        if (name != null) {
            turn(where).over();
        }
        if (last.failure() == null) {
            getContext().onSuccess(last.result());
        } else {
            getContext().onFailure(last.failure());
        }
    }

    private void failAtEnd(Exception reason) {
        getContext().onFailure(reason);
    }

    private void enter(Phase next, BlockContext where) throws IOException, InterruptedException {
        synchronized (this) {
            worker().checkpoint();
            phase = next;
        }
        where.saveState();
    }

    /** Only with a name. */
    private MachineNotes notes(BlockContext where) {
        return MachinesAction.notes(where.run(), name);
    }

    private Turn turn(BlockContext where) {
        return new Turn(nodeName, where.run().getExternalizableId() + "/" + name, memory);
    }

    private synchronized BlockWorker worker() {
        if (worker == null) {
            worker = new BlockWorker();
        }
        return worker;
    }
}
