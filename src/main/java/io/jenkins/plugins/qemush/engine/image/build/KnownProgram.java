package io.jenkins.plugins.qemush.engine.image.build;

import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A program that people miss in an image: a row of the builder's table {@code programs}.
 *
 * @param packages those that bring it, with commas between them, as {@code --include} takes them
 * @param otherWay to do without it, in the words of the command line
 */
public record KnownProgram(String name, String packages, Optional<String> otherWay) {
    /** In every Debian image of the builder. */
    private static final String MARK_OF_OURS = "base-files";

    /** In every image in which the packages' scripts have run. */
    private static final String MARK_OF_CONFIGURED = "dpkg";

    /**
     * Looks up a program that was not found in an image.
     *
     * @return empty when the program is not known, when the image has its packages, or is no Debian of the builder
     * @throws IOException when the table cannot be read
     */
    public static Optional<KnownProgram> missingFrom(ImageManifest image, String name) throws IOException {
        if (!has(image, MARK_OF_OURS)) {
            return Optional.empty();
        }
        return BuilderFiles.rows("programs").stream()
                .filter(row -> row.get(0).equals(name))
                .map(row -> new KnownProgram(
                        name,
                        row.get(1),
                        Optional.of(String.join(" ", row.subList(2, row.size())))
                                .filter(way -> !way.isEmpty())))
                .filter(program -> !program.isIn(image))
                .findFirst();
    }

    /** What was only unpacked may still lack the name that a script would have given it, {@code cc} for instance. */
    private boolean isIn(ImageManifest image) {
        return has(image, MARK_OF_CONFIGURED)
                && Arrays.stream(packages.split(",")).allMatch(name -> has(image, name));
    }

    private static boolean has(ImageManifest image, String name) {
        return image.packages().stream().anyMatch(installed -> installed.startsWith(name + " "));
    }
}
