package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What verifying found out about one file of an image.
 *
 * @param role a key of {@link io.jenkins.plugins.qemush.engine.image.ImageManifest#files()}
 * @param damage empty when the file is as its manifest tells
 */
public record FileCheck(String role, Path file, Optional<HostFailure> damage) {

    static List<FileCheck> all(Image image, Progress progress) throws IOException, InterruptedException {
        VerifiedFiles verified = new VerifiedFiles(image);
        List<FileCheck> checks = new ArrayList<>();
        for (String role : image.manifest().files().keySet()) {
            Path file = image.resolve(image.manifest().files().get(role));
            checks.add(new FileCheck(role, file, damage(image, verified, role, progress)));
        }
        if (checks.stream().allMatch(check -> check.damage().isEmpty())) {
            verified.write();
        }
        return checks;
    }

    private static Optional<HostFailure> damage(Image image, VerifiedFiles verified, String role, Progress progress)
            throws IOException, InterruptedException {
        try {
            image.requireWhole(role);
            verified.requireDigest(role, progress);
            return Optional.empty();
        } catch (HostFailure e) {
            return Optional.of(e);
        }
    }
}
