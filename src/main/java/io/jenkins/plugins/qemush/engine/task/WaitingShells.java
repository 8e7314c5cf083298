package io.jenkins.plugins.qemush.engine.task;

import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import java.util.HashMap;
import java.util.Map;

/** Keeps one shell ready for each user that had a task. */
final class WaitingShells implements AutoCloseable {
    private final GuestShell shell;
    private final Map<String, WaitingShell> ready = new HashMap<>();
    private boolean closed;

    WaitingShells(GuestShell shell) {
        this.shell = shell;
    }

    /** One to use up: the one that is ready, or a new one. */
    synchronized WaitingShell take(String user) {
        WaitingShell waiting = ready.remove(user);
        return waiting != null && waiting.isWaiting() ? waiting : WaitingShell.start(shell, user);
    }

    /** Gets one ready for the next task. */
    synchronized void refill(String user) {
        WaitingShell waiting = ready.get(user);
        if (!closed && (waiting == null || !waiting.isWaiting())) {
            ready.put(user, WaitingShell.start(shell, user));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        ready.values().forEach(WaitingShell::close);
        ready.clear();
    }
}
