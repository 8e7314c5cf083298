package io.jenkins.plugins.qemush.testboot;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long something may go on without anybody asking for it. */
final class Lease {
    /** The page asks more often; in a window that nobody looks at, its browser may slow it down to once a minute. */
    private static final Duration ASKED = Duration.ofSeconds(90);

    /** A page that goes away may be one that is just loaded again. */
    private static final Duration LEFT = Duration.ofSeconds(5);

    private final LongSupplier clock;
    private long end;

    /** @param clock nanoseconds, as {@link System#nanoTime} has them */
    Lease(LongSupplier clock) {
        this.clock = clock;
        renew();
    }

    /** Somebody still wants it. */
    final synchronized void renew() {
        end = clock.getAsLong() + ASKED.toNanos();
    }

    /** Whoever wanted it has gone, it seems. */
    synchronized void shorten() {
        end = clock.getAsLong() + LEFT.toNanos();
    }

    synchronized boolean isOver() {
        return clock.getAsLong() - end > 0;
    }
}
