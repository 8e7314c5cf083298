package io.jenkins.plugins.qemush.engine.warm;

import java.util.Map;

/**
 * What {@code state.json} says of a saved state; the file is written last.
 *
 * @param fingerprint what the state is good for
 * @param image the image's name, for people
 * @param arch the architecture's name
 * @param way how the machine is restored
 * @param hostKey the SSH server's key, {@code type base64}
 * @param freshHostKey whether the key was made when the machine booted: then each restored machine makes one of its own
 * @param bootMillis how long the boot took that is saved by restoring
 * @param files the state's files, by name
 */
public record StateManifest(
        String fingerprint,
        String image,
        String arch,
        RestoreWay way,
        String hostKey,
        boolean freshHostKey,
        long bootMillis,
        Map<String, SavedFile> files) {

    public StateManifest {
        files = Map.copyOf(files);
    }

    StateManifest with(Map<String, SavedFile> saved) {
        return new StateManifest(fingerprint, image, arch, way, hostKey, freshHostKey, bootMillis, saved);
    }

    /** Disk that the state takes, in bytes. */
    public long bytes() {
        return files.values().stream().mapToLong(SavedFile::used).sum();
    }
}
