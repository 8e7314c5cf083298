package io.jenkins.plugins.qemush.engine.standby;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.HostBudget;
import io.jenkins.plugins.qemush.engine.supervisor.Standby;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLauncher;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLock;
import io.jenkins.plugins.qemush.engine.vm.StateKey;
import io.jenkins.plugins.qemush.engine.vm.StateMaker;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Keeps restored machines standing by: the next is made when one is taken, all are when the image or QEMU has changed, and
 * none while somebody waits for memory. They end with this process.
 */
public final class StandbyKeeper {
    private static final long LOOK_MILLIS = 200;

    /** After something went wrong, or while memory is short. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Duration END = Duration.ofSeconds(30);

    private final Wish wish;
    private final int count;
    private final RunRoot root;
    private final Consumer<String> log;
    private final List<RunDirectory> own = new ArrayList<>();
    private Optional<StateKey> key = Optional.empty();

    /** The machine that is wanted, of the image as it is now. */
    @FunctionalInterface
    public interface Wish {
        VmRequest request() throws IOException, InterruptedException;
    }

    /** @param log takes a line when something goes wrong, or changes */
    public StandbyKeeper(Wish wish, int count, RunRoot root, Consumer<String> log) {
        this.wish = wish;
        this.count = count;
        this.root = root;
        this.log = log;
    }

    /**
     * Keeps them until this thread is interrupted.
     *
     * @throws HostFailure when such machines cannot be restored
     */
    public void keep() throws IOException, InterruptedException {
        VmRequest request = look();
        long looked = System.nanoTime();
        while (true) {
            if (System.nanoTime() - looked > PAUSE.toNanos()) {
                request = look();
                looked = System.nanoTime();
            }
            forgetGone();
            boolean wanted = own.size() < count;
            boolean made = wanted && !HostBudget.ofUser().isShort() && make(request);
            Thread.sleep(wanted && !made ? PAUSE.toMillis() : LOOK_MILLIS);
        }
    }

    /** What is wanted now; what would not be taken any more is ended. */
    private VmRequest look() throws IOException, InterruptedException {
        VmRequest request = wish.request().with(WarmMode.AUTO);
        Optional<StateKey> now = StateKey.of(request);
        if (!now.equals(key)) {
            endAll();
            key = now;
        }
        return request;
    }

    /** Those that were taken, or have ended. */
    private void forgetGone() throws IOException, InterruptedException {
        for (Iterator<RunDirectory> each = own.iterator(); each.hasNext(); ) {
            RunDirectory directory = each.next();
            if (!RunRoot.isStandby(directory)) {
                each.remove();
            } else if (!SupervisorLock.isHeld(directory)) {
                each.remove();
                directory.delete();
            }
        }
    }

    private boolean make(VmRequest request) throws IOException, InterruptedException {
        if (key.isEmpty() || StateMaker.make(request, SavedStates.ofUser()).isEmpty()) {
            throw new HostFailure(
                    "Machines of " + request.image().manifest().name() + " cannot be restored on this host.",
                    "They boot each time; none can stand by.");
        }
        String name = StandbyMachines.prefix(key.get())
                + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        RunDirectory directory = root.create(name);
        try {
            Standby.mark(directory);
            SupervisorLauncher.likeThisProcess().launch(request.anonymous(name).with(WarmMode.AUTO), directory);
            new ControlClient(directory).awaitReachable();
            own.add(directory);
            return true;
        } catch (QemuShException e) {
            log.accept("no machine stands by: " + e.getMessage());
            new ControlClient(directory).stop(END);
            return false;
        }
    }

    private void endAll() throws IOException, InterruptedException {
        for (RunDirectory directory : own) {
            // One that is taken at this moment would end in its taker's hands.
            if (new ControlClient(directory).take(true, Limits.DEFAULT)) {
                new ControlClient(directory).stop(END);
            }
        }
        own.clear();
    }
}
