package io.jenkins.plugins.qemush.engine.warm;

/** How a saved state keeps the machine's memory, and what QEMU is given to restore it. The first that works is the best. */
public enum RestoreWay {
    /**
     * Memory in a file of its own that all restored machines map privately (QEMU's migration capability {@code
     * x-ignore-shared}): nothing is copied, and what no machine has written to is in the host's memory once. QEMU is not
     * given the kernel, which it would read, copy twice, and throw away: the state has it.
     */
    MAPPED(true, false),
    /** The same for a machine that QEMU does not start, or not alike, without its kernel. */
    MAPPED_WITH_KERNEL(true, true),
    /** Memory within the migration stream, which is read whole. */
    STREAMED(false, true);

    private final boolean mapped;
    private final boolean withKernel;

    RestoreWay(boolean mapped, boolean withKernel) {
        this.mapped = mapped;
        this.withKernel = withKernel;
    }

    /** Whether the memory is in a file of its own. */
    public boolean isMapped() {
        return mapped;
    }

    /** Whether QEMU needs the kernel to restore the machine. */
    public boolean isWithKernel() {
        return withKernel;
    }
}
