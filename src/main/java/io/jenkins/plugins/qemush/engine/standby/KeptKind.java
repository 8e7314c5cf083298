package io.jenkins.plugins.qemush.engine.standby;

import io.jenkins.plugins.qemush.engine.supervisor.BackgroundMaker;
import io.jenkins.plugins.qemush.engine.vm.StateKey;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One kind of machines that is kept standing by, with all that goes wrong tried again later. The state that they are
 * restored from is made in the background when there is none, so that nobody who uses the host now has to wait for that.
 */
final class KeptKind {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** Making a state takes about as long. */
    private static final Duration MAKER_PAUSE = Duration.ofSeconds(60);

    /** Whoever has taken one has the processors first. */
    private static final Duration BEHIND_TAKER = Duration.ofSeconds(2);

    private final String name;
    private final StandbyPool pool;
    private final Consumer<String> log;
    private VmRequest request;
    private long nextTry = System.nanoTime();
    private long nextMaker = System.nanoTime();

    KeptKind(String name, RunRoot root, Consumer<String> log) {
        this.name = name;
        this.pool = new StandbyPool(root, log);
        this.log = log;
    }

    /** What is wanted from now on, of the image as it is now: machines of another image are ended. */
    void want(VmRequest wanted) throws IOException, InterruptedException {
        request = wanted.with(WarmMode.AUTO);
        try {
            pool.want(request);
        } catch (IOException e) {
            // The image was just replaced, or removed: whoever orders machines of it will say so.
            log.accept(name + ": the image cannot be looked at: " + e.getMessage());
            pool.reduceTo(0);
            nextTry = in(PAUSE.multipliedBy(2));
        }
    }

    /**
     * Ends what is more than that, or makes one that is missing.
     *
     * @param more whether one may be made
     * @return whether one was
     */
    boolean keep(int count, boolean more) throws IOException, InterruptedException {
        if (pool.forgetGone()) {
            nextTry = in(BEHIND_TAKER);
        }
        pool.reduceTo(count);
        if (!more || pool.size() >= count || System.nanoTime() - nextTry < 0) {
            return false;
        }
        boolean made = hasState() && pool.makeOne();
        if (!made) {
            nextTry = in(PAUSE);
        }
        return made;
    }

    /** Whether there is a state to restore from; if not, one is made meanwhile. */
    private boolean hasState() throws IOException, InterruptedException {
        Optional<StateKey> key = pool.key();
        if (key.isEmpty()) {
            log.accept(
                    name + ": such machines cannot be restored on this host; they boot each time, and none stands by");
            return false;
        }
        boolean there = SavedStates.ofUser().find(key.get().machine()).isPresent();
        if (!there && System.nanoTime() - nextMaker >= 0) {
            nextMaker = in(MAKER_PAUSE);
            log.accept(name + ": there is no saved state yet; if none can be made, warm/maker.log says why");
            BackgroundMaker.startFor(request);
        }
        return there;
    }

    void end() throws IOException, InterruptedException {
        pool.reduceTo(0);
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }
}
