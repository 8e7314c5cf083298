package io.jenkins.plugins.qemush.pipeline;

import hudson.model.Computer;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.MachineFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Notices that a block's machine has died while nothing of the body's runs in it. (A {@code sh} that does is ended by the
 * machine's own guardian, and at once.)
 */
final class MachineWatch implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(MachineWatch.class.getName());

    /** Twice this, at most, a body goes on without its machine. */
    private static final int SECONDS = 20;

    private final Executor pool;
    private final Look look;
    private final Consumer<MachineFailure> whenDead;
    private final AtomicBoolean looking = new AtomicBoolean();
    private ScheduledFuture<?> next;
    private volatile boolean wasDead;

    /** Asks the agent why the machine has failed; nothing while it has not. */
    @FunctionalInterface
    interface Look {
        Optional<MachineFailure> failure() throws IOException, InterruptedException;
    }

    /**
     * @param pool whose threads wait for the agent
     * @param whenDead hears once of a machine that was dead for two looks
     */
    MachineWatch(Executor pool, Look look, Consumer<MachineFailure> whenDead) {
        this.pool = pool;
        this.look = look;
        this.whenDead = whenDead;
    }

    static MachineWatch start(String nodeName, String runDirectory, Consumer<MachineFailure> whenDead) {
        MachineWatch watch = new MachineWatch(
                Computer.threadPoolForRemoting, () -> Agent.named(nodeName).failure(runDirectory), whenDead);
        synchronized (watch) {
            watch.next = Timer.get().scheduleWithFixedDelay(watch::tick, SECONDS, SECONDS, TimeUnit.SECONDS);
        }
        return watch;
    }

    /** Never waits: Jenkins' timer has few threads, for all that Jenkins does. An agent that is asked is not asked again. */
    void tick() {
        if (looking.compareAndSet(false, true)) {
            pool.execute(this::look);
        }
    }

    private void look() {
        try {
            Optional<MachineFailure> failure = look.failure();
            if (failure.isPresent() && wasDead) {
                close();
                whenDead.accept(failure.get());
            }
            // A sh that was running has until the next look to end by itself.
            wasDead = failure.isPresent();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the agent does not answer; Jenkins itself sees to that", e);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "a look at a machine failed; the next one follows", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looking.set(false);
        }
    }

    @Override
    public synchronized void close() {
        if (next != null) {
            next.cancel(false);
        }
    }
}
