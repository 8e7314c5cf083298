package io.jenkins.plugins.qemush.engine.image.download;

import java.time.Duration;

/**
 * How patient a download is.
 *
 * @param connect until the server accepts the connection
 * @param stall without a byte
 * @param tries in a row that may fail without bringing a byte
 * @param firstPause before the second try; doubles from try to try
 */
public record WebLimits(Duration connect, Duration stall, int tries, Duration firstPause) {
    public static final WebLimits DEFAULT =
            new WebLimits(Duration.ofSeconds(15), Duration.ofSeconds(30), 5, Duration.ofSeconds(1));
}
