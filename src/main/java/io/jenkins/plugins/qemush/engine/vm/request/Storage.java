package io.jenkins.plugins.qemush.engine.vm.request;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is left of a machine on this host.
 *
 * @param snapshot true: whatever the guest writes is thrown away; false: it is kept in the image's disk
 * @param scratch where QEMU keeps what a throw-away guest writes; empty for QEMU's own choice
 * @param keep leave the run directory in place at the end
 */
public record Storage(boolean snapshot, Optional<Path> scratch, boolean keep) {
    /** Nothing. */
    public static final Storage THROWN_AWAY = new Storage(true, Optional.empty(), false);

    /** The same, with what the guest writes kept in the image's disk. */
    Storage persistent() {
        return new Storage(false, scratch, keep);
    }

    /** The same fate of what the guest writes, with nothing of this host named. */
    Storage anonymous() {
        return new Storage(snapshot, Optional.empty(), false);
    }
}
