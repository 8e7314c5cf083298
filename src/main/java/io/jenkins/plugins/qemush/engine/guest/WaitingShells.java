package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a shell waiting for each user that had a command: another is likely. It is made when the guest has nothing else
 * to do for us, so that its start does not slow down what runs.
 */
final class WaitingShells implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;

    /** A command that runs for long does not need all of the guest's time. */
    private static final int MOST_PAUSES = 25;

    /** Each takes one of the sessions that sshd allows (MaxSessions). */
    private static final int MOST_SHELLS = 3;

    private final Opener opener;
    private final Map<String, WaitingShell> ready = new HashMap<>();
    private final ScheduledExecutorService refills = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "qemu-sh waiting shells");
        thread.setDaemon(true);
        return thread;
    });
    private int running;

    /** Opens one, or says that there is no room for it. */
    interface Opener {
        Optional<WaitingShell> open(String user) throws IOException, InterruptedException;
    }

    WaitingShells(Opener opener) {
        this.opener = opener;
    }

    /** The one of this user, to have it alone. */
    synchronized Optional<WaitingShell> take(String user) {
        return Optional.ofNullable(ready.remove(user)).filter(WaitingShell::isWaiting);
    }

    synchronized void commandStarts() {
        running++;
    }

    synchronized void commandEnds(String user) {
        running--;
        refillSoon(user, MOST_PAUSES);
    }

    private synchronized void refillSoon(String user, int pauses) {
        if (!refills.isShutdown()) {
            refills.schedule(() -> refill(user, pauses), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void refill(String user, int pauses) {
        if (hasEnough(user)) {
            return;
        }
        if (isBusy() && pauses > 0) {
            refillSoon(user, pauses - 1);
            return;
        }
        try {
            opener.open(user).ifPresent(shell -> keep(user, shell));
        } catch (IOException e) {
            // Whoever runs the next command will be told.
            System.getLogger(WaitingShells.class.getName()).log(System.Logger.Level.DEBUG, "no shell waits", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean hasEnough(String user) {
        ready.values().removeIf(shell -> !shell.isWaiting());
        return ready.containsKey(user) || ready.size() >= MOST_SHELLS;
    }

    private synchronized boolean isBusy() {
        return running > 0;
    }

    /** Has it wait for a command of this user, unless another does. */
    synchronized void keep(String user, WaitingShell shell) {
        if (refills.isShutdown() || hasEnough(user)) {
            shell.close();
        } else {
            ready.put(user, shell);
        }
    }

    @Override
    public synchronized void close() {
        refills.shutdownNow();
        ready.values().forEach(WaitingShell::close);
        ready.clear();
    }
}
