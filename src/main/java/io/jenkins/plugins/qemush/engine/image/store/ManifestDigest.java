package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Which {@code image.json} somebody expects. It has the digests of all files of its image in it: who knows its digest
 * knows the whole image.
 *
 * @param place for messages
 * @param expected 64 hexadecimal digits; empty for any
 */
record ManifestDigest(String place, Optional<String> expected) {
    void require(String json) throws HostFailure {
        MessageDigest digest = Sha256.start();
        digest.update(json.getBytes(StandardCharsets.UTF_8));
        String real = Sha256.hex(digest);
        if (expected.isPresent() && !expected.get().equalsIgnoreCase(real)) {
            throw new HostFailure(
                    "The image.json is not the one that is expected: its SHA-256 digest is " + real + " instead of "
                            + expected.get() + ".",
                    "Find out why it changed. If the new image is wanted, change the digest in the configuration.");
        }
    }
}
