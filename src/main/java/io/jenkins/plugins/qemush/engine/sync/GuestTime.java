package io.jenkins.plugins.qemush.engine.sync;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.concurrent.TimeUnit;

/** Times as a guest's {@code stat} prints them: {@code 2024-01-31 23:59:59.123456789 +0000}. Times here are nanoseconds. */
final class GuestTime {

    private static final DateTimeFormatter PRINTED = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern(" xx")
            .toFormatter();

    private GuestTime() {}

    /**
     * @return nanoseconds since the epoch, in the guest's opinion
     * @throws NumberFormatException when it is no such time
     */
    static long parse(String printed) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(printed, PRINTED);
            return Math.addExact(TimeUnit.SECONDS.toNanos(time.toEpochSecond()), time.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            NumberFormatException odd = new NumberFormatException("not a time: " + printed);
            odd.initCause(e);
            throw odd;
        }
    }
}
