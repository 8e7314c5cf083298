package io.jenkins.plugins.qemush.pipeline;

import hudson.model.Computer;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does the work of a machine's owner in threads of Jenkins' pool, one after the other, until that is to stop. */
public final class BlockWorker {
    private static final Logger LOGGER = Logger.getLogger(BlockWorker.class.getName());

    private final Executor pool;
    private Thread current;
    private boolean stopped;

    public BlockWorker() {
        this(Computer.threadPoolForRemoting);
    }

    /** @param pool whose threads do the work */
    BlockWorker(Executor pool) {
        this.pool = pool;
    }

    /** Something that takes its time. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Starts work that an abort interrupts.
     *
     * @param onFailure hears how it failed, in the same thread
     */
    public void start(Work work, Consumer<Exception> onFailure) {
        pool.execute(() -> perform(() -> interruptibly(work), onFailure));
    }

    /** Starts work that is done whether or not the rest was stopped. */
    public void startLast(Work work, Consumer<Exception> onFailure) {
        pool.execute(() -> perform(work, onFailure));
    }

    /** A block whose work ends with an error ends, too: behind an upgrade of the plugin a class may be missing. */
    private static void perform(Work work, Consumer<Exception> onFailure) {
        try {
            work.run();
        } catch (IOException | InterruptedException | RuntimeException e) {
            onFailure.accept(e);
        } catch (Error e) {
            LOGGER.log(Level.WARNING, "the work of a qemuSh block ended with an error", e);
            onFailure.accept(new IllegalStateException("qemuSh: " + e, e));
        }
    }

    private void interruptibly(Work work) throws IOException, InterruptedException {
        try {
            begin();
            work.run();
        } finally {
            end();
        }
    }

    private synchronized void begin() throws InterruptedException {
        checkpoint();
        current = Thread.currentThread();
    }

    private synchronized void end() {
        current = null;
        // A late interrupt was meant for this work, not for what the pool's thread does next.
        Thread.interrupted();
    }

    /** Stops the work: what runs is interrupted, what would start does not. */
    public synchronized void stop() {
        stopped = true;
        if (current != null) {
            current.interrupt();
        }
    }

    /** Gives up when it is to stop. */
    synchronized void checkpoint() throws InterruptedException {
        if (stopped) {
            throw new InterruptedException("it was stopped");
        }
    }
}
