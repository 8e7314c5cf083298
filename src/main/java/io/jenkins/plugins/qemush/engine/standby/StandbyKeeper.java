package io.jenkins.plugins.qemush.engine.standby;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.supervisor.HostBudget;
import io.jenkins.plugins.qemush.engine.vm.StateMaker;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Keeps restored machines standing by: the next is made when one is taken, all are when the image or QEMU has changed, and
 * none while somebody waits for memory. They end with this process.
 */
public final class StandbyKeeper {
    private static final long LOOK_MILLIS = 200;

    /** After something went wrong, or while memory is short. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Wish wish;
    private final int count;
    private final StandbyPool pool;

    /** The machine that is wanted, of the image as it is now. */
    @FunctionalInterface
    public interface Wish {
        VmRequest request() throws IOException, InterruptedException;
    }

    /** @param log takes a line when something goes wrong, or changes */
    public StandbyKeeper(Wish wish, int count, RunRoot root, Consumer<String> log) {
        this.wish = wish;
        this.count = count;
        this.pool = new StandbyPool(root, log);
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
            pool.forgetGone();
            boolean wanted = pool.size() < count;
            boolean made = wanted && !HostBudget.ofUser().isShort() && make(request);
            Thread.sleep(wanted && !made ? PAUSE.toMillis() : LOOK_MILLIS);
        }
    }

    private VmRequest look() throws IOException, InterruptedException {
        VmRequest request = wish.request().with(WarmMode.AUTO);
        pool.want(request);
        return request;
    }

    private boolean make(VmRequest request) throws IOException, InterruptedException {
        if (pool.key().isEmpty()
                || StateMaker.make(request, SavedStates.ofUser()).isEmpty()) {
            throw new HostFailure(
                    "Machines of " + request.image().manifest().name() + " cannot be restored on this host.",
                    "They boot each time; none can stand by.");
        }
        return pool.makeOne();
    }
}
