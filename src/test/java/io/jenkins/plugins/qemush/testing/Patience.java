package io.jenkins.plugins.qemush.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long tests wait for what must happen: so long that a loaded host is no reason to fail. */
public final class Patience {
    private static final Duration LONG = Duration.ofMinutes(6);

    private Patience() {}

    /** Waits for a condition, at most six minutes. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LONG);
    }
}
