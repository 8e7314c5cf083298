package io.jenkins.plugins.qemush.engine.vm;

import java.time.Duration;

/**
 * How long a machine may take.
 *
 * @param boot from QEMU's start until a command can run
 * @param idle without a command running; zero for no limit
 * @param total from QEMU's start to its end; zero for no limit
 */
public record Limits(Duration boot, Duration idle, Duration total) {
    /** Enough for ten times the slowest boot measured, on a loaded host. */
    public static final Duration DEFAULT_BOOT = Duration.ofMinutes(3);

    /** The limits of a machine that lives for one command. */
    public static final Limits DEFAULT = new Limits(DEFAULT_BOOT, Duration.ZERO, Duration.ZERO);
}
