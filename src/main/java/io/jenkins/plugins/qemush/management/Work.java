package io.jenkins.plugins.qemush.management;

import hudson.model.Computer;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.qemush.agent.LastLine;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** One piece of work on an image of a node, in a thread of Jenkins' pool. */
final class Work {
    private final LastLine progress = new LastLine();
    private final String title;
    private final Future<?> running;

    /**
     * @param title for people: what is done
     * @param job bounded in time; can be interrupted
     */
    Work(String title, Job job) {
        this.title = title;
        this.running = Computer.threadPoolForRemoting.submit(() -> {
            job.run(new StreamTaskListener(progress, StandardCharsets.UTF_8));
            return null;
        });
    }

    /** What is to be done. */
    @FunctionalInterface
    interface Job {
        void run(StreamTaskListener log) throws IOException, InterruptedException;
    }

    boolean isRunning() {
        return !running.isDone();
    }

    void cancel() {
        running.cancel(true);
    }

    /** How far it has come, or how it ended; empty when it did well. */
    String status() {
        if (isRunning()) {
            String line = progress.text();
            return line.isEmpty() ? title + " …" : line;
        }
        try {
            running.get();
            return "";
        } catch (CancellationException e) {
            return Messages.Work_cancelled(title);
        } catch (ExecutionException e) {
            return e.getCause() instanceof QemuShException failure
                    ? failure.getMessage() + " " + failure.help()
                    : Messages.Work_failed(title, e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
