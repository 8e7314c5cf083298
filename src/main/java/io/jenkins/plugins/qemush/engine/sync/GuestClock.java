package io.jenkins.plugins.qemush.engine.sync;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Says when something that the guest made was made, by the host's clock. All times are nanoseconds since the epoch.
 *
 * <p>The clock of a guest is set in whole seconds and may run slowly, so it can be a second off. A file from before the
 * machine was there keeps its time. One that was made since gets its time corrected by what the clocks certainly differ.
 * Whatever was made after a transfer is not older than what that transfer took along, and nothing is newer than the moment
 * when it arrives: so {@code make} finds on the host what it found in the guest.
 */
final class GuestClock {

    /** A time further in the future than this was set by somebody. */
    private static final long FUTURE = TimeUnit.MINUTES.toNanos(1);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** A file's time is that of the kernel's last timer tick, so a right clock may seem to be that much behind. */
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);

    private final long entered;
    private long since;
    private long oldest = Long.MIN_VALUE;

    /** @param entered when the workspace entered the guest */
    GuestClock(long entered) {
        this.entered = entered;
        this.since = entered;
    }

    /** The host's clock. */
    static long hostNow() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /**
     * A transfer is over: what the guest makes from now on is not older than what travelled.
     *
     * @param newest the time of the newest file that travelled
     * @param now the host's clock
     */
    void transferred(long newest, long now) {
        oldest = Math.max(oldest, Math.min(newest, now));
        since = now;
    }

    /**
     * One look at both clocks.
     *
     * @param asked the host's time before the guest looked at its clock
     * @param heard the host's time when the answer was there
     * @param guest what the guest's clock said
     * @param arrival the time that a file would get that is written on the host now
     */
    Reading read(long asked, long heard, long guest, long arrival) {
        return new Reading(
                this, heard, heard - asked + 2 * coarseness(guest), guest, correction(asked, heard, guest), arrival);
    }

    private static long correction(long asked, long heard, long guest) {
        if (guest + coarseness(guest) + TICK < asked) {
            return asked - guest - coarseness(guest);
        }
        return Math.min(heard - guest, 0);
    }

    /** Some guests tell whole seconds only. */
    private static long coarseness(long guest) {
        return guest % SECOND == 0 ? SECOND : 0;
    }

    /** What the clocks said. */
    static final class Reading {
        private final long entered;
        private final long since;
        private final long oldest;
        private final long correction;
        private final long arrival;
        private final long future;

        private Reading(GuestClock clock, long heard, long doubt, long guest, long correction, long arrival) {
            this.entered = guest - (heard - clock.entered) - doubt;
            this.since = guest - (heard - clock.since) - doubt;
            this.oldest = clock.oldest;
            this.correction = correction;
            this.arrival = arrival;
            this.future = guest + FUTURE;
        }

        /** @param time by the guest's clock */
        long toHost(long time) {
            if (time < entered || time > future) {
                return time;
            }
            long corrected = Math.min(time + correction, arrival);
            return time < since ? corrected : Math.max(corrected, Math.min(oldest, arrival));
        }
    }
}
