package io.jenkins.plugins.qemush.engine.warm;

import java.nio.file.Path;
import java.util.List;

/**
 * The files of one saved state.
 *
 * @param path absolute
 */
public record StateFolder(Path path) {
    /** The root disk as it was: an overlay (qcow2) of the image's disk. */
    public Path disk() {
        return path.resolve("disk.qcow2");
    }

    /** The machine's memory, unless it is in {@link #devices}. */
    public Path ram() {
        return path.resolve("ram");
    }

    /** QEMU's migration stream. */
    public Path devices() {
        return path.resolve("devices");
    }

    /** What the guest had printed on its console. */
    public Path console() {
        return path.resolve("console.log");
    }

    /** See {@link StateManifest}. */
    public Path manifest() {
        return path.resolve("state.json");
    }

    /** Touched whenever a machine is restored, for the least recently used to go first. */
    Path used() {
        return path.resolve("used");
    }

    /** The host's boot in which all files were last read and compared. */
    Path verified() {
        return path.resolve("verified");
    }

    /** What is compared before a restore; {@link #ram} only where there is one. */
    List<Path> content() {
        return List.of(disk(), ram(), devices(), console());
    }
}
