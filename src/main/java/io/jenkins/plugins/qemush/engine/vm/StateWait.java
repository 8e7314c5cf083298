package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The wait for another process that makes a state. */
final class StateWait {
    /** A state is made in half a minute; on a loaded host, in minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private StateWait() {}

    static NameLock lock(SavedStates states) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<NameLock> lock = states.tryLock();
        while (lock.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new HostFailure(
                        "Another process has been making a saved state for " + PATIENCE.toMinutes() + " minutes.",
                        "See which with: fuser " + states.root().resolve("maker.lock"));
            }
            Thread.sleep(100);
            lock = states.tryLock();
        }
        return lock.get();
    }
}
