package io.jenkins.plugins.qemush.testboot;

import java.time.Duration;

/** How long something may go on without anybody asking for it. */
final class Lease {
    /** The page asks more often; in a window that nobody looks at, its browser may slow it down to once a minute. */
    private static final Duration ASKED = Duration.ofSeconds(90);

    /** A page that goes away may be one that is just loaded again. */
    private static final Duration LEFT = Duration.ofSeconds(5);

    private long end = System.nanoTime() + ASKED.toNanos();

    /** Somebody still wants it. */
    synchronized void renew() {
        end = System.nanoTime() + ASKED.toNanos();
    }

    /** Whoever wanted it has gone, it seems. */
    synchronized void shorten() {
        end = System.nanoTime() + LEFT.toNanos();
    }

    synchronized boolean isOver() {
        return System.nanoTime() - end > 0;
    }
}
