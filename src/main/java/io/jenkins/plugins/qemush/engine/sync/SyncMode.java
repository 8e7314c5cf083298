package io.jenkins.plugins.qemush.engine.sync;

/** How the workspace reaches the guest. */
public enum SyncMode {
    /** {@link #DISK} where host and guest can, else {@link #TAR}. */
    AUTO,
    /** A read-only disk under an overlay: fast. Fails where it is impossible. */
    DISK,
    /** Tar streams both ways: works in any guest that has {@code find}, {@code stat}, {@code xargs} and {@code tar}. */
    TAR,
    /** An empty folder in the guest; nothing travels. */
    NONE
}
