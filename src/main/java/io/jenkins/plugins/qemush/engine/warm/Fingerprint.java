package io.jenkins.plugins.qemush.engine.warm;

import io.jenkins.plugins.qemush.engine.image.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Everything that a saved state depends on, as one digest: two machines with the same fingerprint can be restored from the
 * same state.
 *
 * @param digest 64 hexadecimal digits
 */
public record Fingerprint(String digest) {

    /** The fingerprint of these facts; their order counts. */
    public static Fingerprint of(List<String> facts) {
        MessageDigest digest = Sha256.start();
        for (String fact : facts) {
            digest.update(fact.getBytes(StandardCharsets.UTF_8));
            // No fact contains it: facts cannot run into each other.
            digest.update((byte) 0);
        }
        return new Fingerprint(Sha256.hex(digest));
    }
}
