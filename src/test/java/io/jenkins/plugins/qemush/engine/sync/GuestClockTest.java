package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestClockTest {

    /**
     * The workspace entered at 100 s and its newest file is of 99.5 s; the last transfer was at 200 s and took a file of
     * 199.5 s along. The guest looks at its clock between 300 and 300.1 s; what arrives is written at 300.2 s.
     */
    @ParameterizedTest(name = "{0}: {2} s becomes {3} s")
    @CsvSource({
        "right clock,       300.05, 250.123, 250.123",
        "right clock,       300.05, 300.3,   300.2",
        "right clock,       300.05, 199.95,  199.95",
        "right clock,       300.05, 50,      50",
        "right clock,       300.05, 4000,    4000",
        "a tick old,        299.991, 250.123, 250.123",
        "guest is behind,   299.05, 250.0,   250.95",
        "guest is behind,   299.05, 199.2,   200.15",
        "guest is behind,   299.05, 50,      50",
        "whole seconds,     300.0,  250.0,   250",
        "whole seconds,     300.0,  199.0,   199.5",
        "guest is ahead,    301.1,  250.0,   249.0",
        "guest is ahead,    301.1,  301.0,   300.0",
        "guest is ahead,    301.1,  201.05,  200.05",
        "guest is at 1970,  10.05,  9.9,     299.85",
        "next century,      9000.1, 9000.0,  300.0",
    })
    void whatTheGuestMadeGetsTheHostsTime(String clocks, double guest, double made, double expected) {
        GuestClock clock = new GuestClock(nanos(100));
        clock.transferred(nanos(99.5), nanos(100));
        clock.transferred(nanos(199.5), nanos(200));
        GuestClock.Reading reading = clock.read(nanos(300), nanos(300.1), nanos(guest), nanos(300.2));
        assertThat(reading.toHost(nanos(made))).as(clocks).isCloseTo(nanos(expected), within(nanos(0.000_001)));
    }

    /** Its clock was not off by much, but by more than it took from the edit to the object. */
    @ParameterizedTest
    @CsvSource({"199.95", "200.05", "200.3"})
    void whatWasMadeAfterATransferIsNotOlderThanWhatTravelled(double made) {
        GuestClock clock = new GuestClock(nanos(100));
        clock.transferred(nanos(200.2), nanos(200.25));
        GuestClock.Reading reading = clock.read(nanos(200.5), nanos(200.9), nanos(200.5), nanos(200.91));
        assertThat(reading.toHost(nanos(made))).isGreaterThanOrEqualTo(nanos(200.2));
    }

    private static org.assertj.core.data.Offset<Long> within(long nanos) {
        return org.assertj.core.data.Offset.offset(nanos);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
