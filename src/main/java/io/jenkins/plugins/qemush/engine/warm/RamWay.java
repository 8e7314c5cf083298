package io.jenkins.plugins.qemush.engine.warm;

/** How a saved state keeps the machine's memory. The first that works is the best. */
public enum RamWay {
    /**
     * In a file of its own that all restored machines map privately (QEMU's migration capability {@code x-ignore-shared}):
     * nothing is copied, and what no machine has written to is in the host's memory once.
     */
    MAPPED,
    /** Within the migration stream, which is read whole. */
    STREAMED
}
