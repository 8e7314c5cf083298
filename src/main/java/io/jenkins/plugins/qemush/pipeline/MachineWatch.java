package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.MachineFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;

/**
 * Ends a body whose machine has died while nothing of the body's runs in it. (A {@code sh} that does is ended by the
 * machine's own guardian, and at once.)
 */
final class MachineWatch implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(MachineWatch.class.getName());

    /** Twice this, at most, a body goes on without its machine. */
    private static final int SECONDS = 20;

    private final String nodeName;
    private final String runDirectory;
    private final BodyExecution body;
    private ScheduledFuture<?> next;
    private boolean wasDead;

    private MachineWatch(String nodeName, String runDirectory, BodyExecution body) {
        this.nodeName = nodeName;
        this.runDirectory = runDirectory;
        this.body = body;
    }

    static MachineWatch start(String nodeName, String runDirectory, BodyExecution body) {
        MachineWatch watch = new MachineWatch(nodeName, runDirectory, body);
        synchronized (watch) {
            watch.next = Timer.get().scheduleWithFixedDelay(watch::look, SECONDS, SECONDS, TimeUnit.SECONDS);
        }
        return watch;
    }

    private void look() {
        try {
            Optional<MachineFailure> failure = Agent.named(nodeName).failure(runDirectory);
            if (failure.isPresent() && wasDead) {
                body.cancel(new AbortException("qemuSh: " + failure.get().cause()));
                close();
            }
            // A sh that was running has until the next look to end by itself.
            wasDead = failure.isPresent();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the agent does not answer; Jenkins itself sees to that", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        next.cancel(false);
    }
}
