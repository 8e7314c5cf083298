package io.jenkins.plugins.qemush.engine.vm.request;

import java.time.Duration;

/**
 * How long a machine may take.
 *
 * @param boot from QEMU's start until a command can run
 * @param idle without a command running; zero for no limit
 * @param total from QEMU's start to its end; zero for no limit
 * @param silence without an answer to a keepalive; at least six seconds
 */
public record Limits(Duration boot, Duration idle, Duration total, Duration silence) {
    /** Enough for ten times the slowest boot measured, on a loaded host. */
    public static final Duration DEFAULT_BOOT = Duration.ofMinutes(3);

    /** A loaded host may leave a guest no time for many seconds; six keepalives go unanswered meanwhile. */
    public static final Duration DEFAULT_SILENCE = Duration.ofSeconds(30);

    /** The limits of a machine that lives for one command. */
    public static final Limits DEFAULT = new Limits(DEFAULT_BOOT, Duration.ZERO, Duration.ZERO);

    /** Limits with the usual patience for a silent guest. */
    public Limits(Duration boot, Duration idle, Duration total) {
        this(boot, idle, total, DEFAULT_SILENCE);
    }
}
