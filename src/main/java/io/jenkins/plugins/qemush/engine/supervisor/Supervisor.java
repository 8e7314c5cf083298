package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.admission.ProcessIdentity;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.vm.Vm;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Owns one machine and answers for it on the control socket, from start to end.
 *
 * <p>In a process of its own ({@link SupervisorProcess}) it outlives whoever asked for the machine; the command line's
 * {@code run} has one inside. Its {@link SupervisorLock} tells everybody that it lives.
 */
public final class Supervisor implements AutoCloseable {
    private final Vm vm;
    private final SupervisorLock lock;
    private final Standby standby;
    private final MachineTurn turn;
    private final MachineUse use;
    private final Workspaces workspaces;
    private final SupervisedTasks tasks;
    private final CompletableFuture<Void> reachable = new CompletableFuture<>();
    private final CompletableFuture<Void> stopWanted = new CompletableFuture<>();
    private ControlServer server;

    private Supervisor(Vm vm, SupervisorLock lock, Standby standby) {
        this.standby = standby;
        this.vm = vm;
        this.lock = lock;
        this.turn = new MachineTurn(vm);
        this.use = new MachineUse(vm.timeline());
        this.workspaces = new Workspaces(vm, vm::workspaceDisk, vm.timeline());
        this.tasks = new SupervisedTasks(this, workspaces);
    }

    /**
     * Listens for the clients of a machine that {@link #boot} starts.
     *
     * @param removeWhenOrphaned see {@link Vm#start}
     */
    public static Supervisor open(VmRequest request, RunDirectory directory, boolean removeWhenOrphaned)
            throws IOException, InterruptedException {
        SupervisorLock lock = SupervisorLock.take(directory);
        try {
            Vm vm = Vm.create(request, directory, removeWhenOrphaned);
            Supervisor supervisor = new Supervisor(vm, lock, Standby.of(directory));
            supervisor.vm.onFailure(supervisor.reachable::completeExceptionally);
            supervisor.vm.onFailure(supervisor.tasks::fail);
            supervisor.server = ControlServer.listen(directory.controlSocket(), supervisor);
            return supervisor;
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** Waits until commands can run, for the one thread that boots the machine. */
    public void boot() throws IOException, InterruptedException {
        try {
            turn.await();
            vm.awaitReachable();
            if (standby.isFree()) {
                vm.runOnce();
            }
            use.begins(vm.request().limits().idle());
            reachable.complete(null);
            if (standby.isFree()) {
                vm.timeline().add(Timeline.Kind.STANDS_BY, "");
            }
        } catch (IOException e) {
            reachable.completeExceptionally(e);
            throw e;
        }
    }

    /** Told when QEMU was started, on the thread that boots the machine. */
    public void onStart(Runnable listener) {
        turn.onStart(listener);
    }

    /** Told, in one line each, why whoever waits for the machine has to; also of what was so before. */
    public void onWait(Consumer<String> listener) {
        turn.onWait(listener);
        vm.onNotice(listener);
    }

    /** Gives a machine that stands by to whoever asks first, see {@link Standby#take}. */
    boolean take(Optional<ProcessIdentity> taker, Limits limits) throws IOException, InterruptedException {
        boolean ready = reachable.isDone() && !reachable.isCompletedExceptionally() && !isEnding();
        if (!ready || !standby.take(taker)) {
            return false;
        }
        turn.isUsed();
        vm.timeline().add(Timeline.Kind.TAKEN, "");
        limit(limits);
        return true;
    }

    /** How long the machine may go on from now on. Its limit for all its time is set once at most. */
    void limit(Limits limits) {
        use.begins(limits.idle());
        vm.limitTotal(limits.total());
    }

    /** Waits until the thread that boots the machine is done. */
    void awaitReachable() throws IOException, InterruptedException {
        try {
            reachable.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }

    public Vm vm() {
        return vm;
    }

    SupervisedTasks tasks() {
        return tasks;
    }

    MachineUse use() {
        return use;
    }

    /** Whether somebody has asked for the end, or it has come. */
    boolean isEnding() {
        return stopWanted.isDone();
    }

    /** What the machine does now, one word. */
    VmState state() {
        if (isEnding()) {
            return VmState.STOPPING;
        }
        if (!reachable.isDone()) {
            return turn.hasCome() ? VmState.BOOTING : VmState.WAITING;
        }
        return use.isBusy() ? VmState.BUSY : VmState.REACHABLE;
    }

    /** Begins to bring a folder into the guest while that boots; {@link #execute} with it will find most done. */
    public void prepare(SharedFolder folder) {
        workspaces.prepare(folder);
    }

    /** Brings a folder into the guest; returns when commands can run in it. */
    void share(SharedFolder folder) throws IOException, InterruptedException {
        prepare(folder);
        awaitReachable();
        workspaces.toGuest(folder);
    }

    /**
     * Runs a command in the guest; it shows in the timeline and keeps the machine from being idle.
     *
     * @param shared brought into the guest before, and back behind the command
     * @return the command's own exit status, also when its files did not come back and it is not 0
     * @throws QemuShException when the command was not run, or ended with 0 and its files did not come back
     */
    public int execute(GuestCommand command, List<SharedFolder> shared, GuestStreams streams)
            throws IOException, InterruptedException {
        awaitReachable();
        long id = use.commandStarts(command);
        int status = ControlAnswer.NO_STATUS;
        try {
            CommandFolders folders = new CommandFolders(workspaces, shared, streams.err());
            CommandAdvice advice = new CommandAdvice(vm.request().image().manifest(), streams);
            folders.before();
            status = vm.run(command, advice.streams());
            advice.after(status);
            folders.after(status);
            return status;
        } finally {
            use.commandEnds(id, status);
        }
    }

    /** Asks for the machine's end, at once when nobody can have used it yet. */
    void stop() {
        stopWanted.complete(null);
        turn.cancel();
        if (!reachable.isDone()) {
            endQuietly();
        }
    }

    /** Waits until somebody asks for the end, nobody has for too long, or the machine fails. */
    void awaitEnd() throws InterruptedException, IOException {
        CompletableFuture<QemuShException> failed = new CompletableFuture<>();
        vm.onFailure(failed::complete);
        CompletableFuture<?> end = CompletableFuture.anyOf(stopWanted, failed);
        while (!end.isDone()) {
            if (use.isIdleTooLong() || standby.isOver()) {
                return;
            }
            try {
                end.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        if (failed.isDone()) {
            throw failed.join();
        }
    }

    /** Ends the machine; its run directory goes unless the request says to keep it. */
    @Override
    public void close() throws IOException {
        stopWanted.complete(null);
        turn.cancel();
        try (SupervisorLock held = lock;
                MachineTurn over = turn;
                ControlServer open = server) {
            tasks.close();
            vm.close();
        }
    }

    /**
     * Has made, in the background, what lets the next start faster: a state if this machine was booted for want of one, and
     * the archive of this program's classes. For the time behind its end, when it takes no more processor time; not when a
     * signal ended it.
     */
    public void prepareForTheNext() throws InterruptedException {
        if (vm.directory().isHidden()) {
            // It has been prepared by this very machine.
            return;
        }
        if (vm.wasBootedForWantOfAState()) {
            BackgroundMaker.startFor(vm.request());
        } else if (vm.wasRestored()) {
            ClassTraining.startFor(vm.request());
        }
    }

    /** Ends the machine because it has failed; its run directory stays. Whoever waits for a task is told. */
    void fail(QemuShException reason) throws IOException {
        tasks.fail(reason);
        vm.end();
        stopWanted.complete(null);
    }

    /** Ends the machine on the way out of this process; its run directory stays. */
    void endQuietly() {
        turn.cancel();
        try {
            tasks.close();
            vm.end();
        } catch (IOException e) {
            System.getLogger(Supervisor.class.getName()).log(System.Logger.Level.WARNING, "not ended cleanly", e);
        }
    }
}
