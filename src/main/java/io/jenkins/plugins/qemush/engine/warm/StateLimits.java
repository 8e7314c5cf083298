package io.jenkins.plugins.qemush.engine.warm;

/**
 * How much the saved states of one user may take.
 *
 * @param count states
 * @param bytes of disk, all together
 */
public record StateLimits(int count, long bytes) {
    /** Ten architectures and some variants; a machine of 512 MB takes 100 to 250 MB. */
    public static final StateLimits DEFAULT = new StateLimits(16, 6L << 30);
}
