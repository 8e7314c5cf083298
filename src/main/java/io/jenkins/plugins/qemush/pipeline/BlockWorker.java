package io.jenkins.plugins.qemush.pipeline;

import hudson.model.Computer;
import java.io.IOException;
import java.util.function.Consumer;

/** Does the work of a machine's owner in threads of Jenkins' pool, one after the other, until that is to stop. */
public final class BlockWorker {
    private Thread current;
    private boolean stopped;

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
        Computer.threadPoolForRemoting.submit(() -> {
            Exception failure = perform(work);
            if (failure != null) {
                onFailure.accept(failure);
            }
        });
    }

    /** Starts work that is done whether or not the rest was stopped. */
    public void startLast(Work work, Consumer<Exception> onFailure) {
        Computer.threadPoolForRemoting.submit(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException | RuntimeException e) {
                onFailure.accept(e);
            }
        });
    }

    private Exception perform(Work work) {
        try {
            begin();
            work.run();
            return null;
        } catch (IOException | InterruptedException | RuntimeException e) {
            return e;
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
