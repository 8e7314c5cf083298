package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.admission.MemoryShare;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.SshWarmUp;
import io.jenkins.plugins.qemush.engine.vm.Vm;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What comes before a machine's QEMU: it waits for memory of the host, and for the state that it is restored from. */
final class MachineTurn implements AutoCloseable {
    private final Vm vm;
    private final CompletableFuture<String> wait = new CompletableFuture<>();

    /** The thread that waits; null when none does. */
    private Thread waiter;

    private boolean cancelled;
    private MemoryShare share;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private volatile boolean come;

    MachineTurn(Vm vm) {
        this.vm = vm;
    }

    /** Waits for the turn, and starts the machine. */
    void await() throws IOException, InterruptedException {
        try {
            enter();
            SshWarmUp.begin();
            keep(share());
            Optional<SavedState> state = vm.stateToRestore();
            leave();
            come = true;
            vm.begin(state);
            started.complete(null);
        } catch (InterruptedException e) {
            throw cancelled(e);
        } finally {
            leave();
        }
    }

    private MemoryShare share() throws IOException, InterruptedException {
        VmRequest request = vm.request();
        if (!RunRoot.isStandby(vm.directory())) {
            return HostBudget.ofUser().take(request.name(), request.memory(), this::waits);
        }
        return HostBudget.ofUser()
                .takeSpare(request.name(), request.memory())
                .orElseThrow(() -> new HostFailure(
                        "There is no memory for a machine that nobody wants yet.", "It is tried again."));
    }

    /** Somebody uses the machine from now on. */
    synchronized void isUsed() throws IOException, InterruptedException {
        share.isUsed();
    }

    private void waits(String why) {
        vm.timeline().add(Timeline.Kind.WAITING, why);
        wait.complete(why);
    }

    private synchronized void enter() throws InterruptedException {
        if (cancelled) {
            throw new InterruptedException();
        }
        waiter = Thread.currentThread();
    }

    private synchronized void leave() {
        waiter = null;
    }

    private synchronized void keep(MemoryShare taken) throws IOException, InterruptedException {
        share = taken;
        if (cancelled) {
            close();
            throw new InterruptedException();
        }
    }

    /** An interrupt that {@link #cancel} sent is no longer one. */
    private synchronized IOException cancelled(InterruptedException e) throws InterruptedException {
        if (!cancelled) {
            throw e;
        }
        Thread.interrupted();
        return new HostFailure("The machine was ended.", "Whoever ended it did so on purpose.", e);
    }

    /** Gives the turn up, unless it has come. */
    synchronized void cancel() {
        cancelled = true;
        if (waiter != null) {
            waiter.interrupt();
        }
    }

    void onWait(Consumer<String> listener) {
        wait.thenAccept(listener);
    }

    void onStart(Runnable listener) {
        started.thenRun(listener);
    }

    boolean hasCome() {
        return come;
    }

    /** Behind the machine's end: others may have its memory. */
    @Override
    public synchronized void close() throws IOException {
        if (share != null) {
            share.close();
        }
    }
}
