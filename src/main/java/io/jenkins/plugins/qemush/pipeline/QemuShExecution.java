package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.MachineFailure;
import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.MachinePlace;
import io.jenkins.plugins.qemush.agent.MachinePlan;
import io.jenkins.plugins.qemush.agent.RunningMachine;
import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import io.jenkins.plugins.qemush.report.MachineFacts;
import io.jenkins.plugins.qemush.report.Moment;
import io.jenkins.plugins.qemush.standby.StandbyUpkeep;
import java.io.IOException;
import java.util.Locale;
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

    /** Set while WAITING; has a run directory from STARTING on. */
    private volatile BlockMachine machine;

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
        return phase.name().toLowerCase(Locale.ROOT) + (machine == null ? "" : " " + machine.name());
    }

    private void begin() throws IOException, InterruptedException {
        long begun = System.currentTimeMillis();
        BlockContext where = BlockContext.of(getContext());
        MachineOrder order = new StepOrder(step).check();
        if (machine == null) {
            MachineFacts facts = MachineFacts.expected(order, where.nodeName(), step.isArchiveConsole());
            machine = BlockMachine.ordered(where, order, facts, begun);
            where.saveState();
        }
        where.requireUnix();
        Agent agent = Agent.named(where.nodeName());
        agent.installEngine();
        MachinePlan plan = agent.plan(order, where.listener());
        machine = machine.planned(order, plan);
        machine.notes(where).facts(MachineFacts.of(order, plan, where.nodeName(), step.isArchiveConsole()));
        machine.notes(where).moment(Moment.IMAGE);
        machine.turn().await(where.nodeTitle(), where::log);
        machine.notes(where).moment(Moment.TURN);
        MachinePlace place = agent.standby()
                .place(order, machine.freshDirectoryName(), where.run().getExternalizableId());
        machine = machine.in(place, plan, where);
        enter(Phase.STARTING, where);
        agent.start(order, place, where.nodeCookie());
        if (!place.stoodBy()) {
            StandbyUpkeep.get().tellSoon(where.nodeName());
        }
        enter(Phase.BOOTING, where);
        awaitGuest(where);
    }

    private void beginAgain() throws IOException, InterruptedException {
        Agent.awaitNamed(machine.node(), GuestWait.RECONNECT).stop(machine.directory());
        begin();
    }

    private void awaitGuestAgain() throws IOException, InterruptedException {
        BlockContext where = BlockContext.of(getContext());
        machine.turn().retake();
        awaitGuest(where);
    }

    private void watchAgain() throws IOException, InterruptedException {
        machine.turn().retake();
        watchBody();
    }

    private void awaitGuest(BlockContext where) throws IOException, InterruptedException {
        SharedWorkspace workspace = new StepOrder(step).workspace(where.workspace());
        RunningMachine running = new GuestWait(where, machine, workspace).await();
        machine.notes(where).running(running.qemu());
        startBody(where, running, workspace);
    }

    private void startBody(BlockContext where, RunningMachine running, SharedWorkspace workspace)
            throws IOException, InterruptedException {
        GuestLauncherDecorator decorator = new GuestLauncherDecorator(
                machine.node(),
                machine.directory(),
                workspace,
                new AgentEnvironment(where.agentEnvironment()),
                where.nodeCookie().get(BodyLaunch.NODE_COOKIE));
        BodyInvoker invoker = getContext()
                .newBodyInvoker()
                .withContexts(
                        BodyInvoker.mergeLauncherDecorators(where.outerDecorator(), decorator),
                        EnvironmentExpander.merge(
                                where.outerEnvironment(), EnvironmentExpander.constant(running.variables())))
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
            watch = MachineWatch.start(machine.node(), machine.directory(), this::cancelBody);
        }
    }

    private void cancelBody(MachineFailure failure) {
        body.cancel(new AbortException("qemuSh: " + failure.cause()));
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
        Outcome last = removed();
        if (last.failure() == null) {
            getContext().onSuccess(last.result());
        } else {
            getContext().onFailure(last.failure());
        }
    }

    /** Removes the machine, and gives the turn back whatever becomes of that. */
    private Outcome removed() throws IOException, InterruptedException {
        try {
            return new MachineRemoval(BlockContext.of(getContext()), machine, step.isArchiveConsole()).after(outcome);
        } catch (IOException e) {
            // The build was killed the hard way, and has no context any more.
            if (machine != null && machine.directory() != null) {
                Agent.named(machine.node()).stop(machine.directory());
            }
            throw e;
        } finally {
            if (machine != null) {
                machine.turn().over();
            }
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

    private synchronized BlockWorker worker() {
        if (worker == null) {
            worker = new BlockWorker();
        }
        return worker;
    }
}
