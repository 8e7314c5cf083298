package io.jenkins.plugins.qemush.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * Which images of the configuration are in use on this agent: machines stand by for those, so that not every agent has some
 * of every image.
 *
 * @param folder a file for each, as old as its last use; made with the first one
 */
record UsedImages(Path folder) {
    /** Outlasts a weekend, and holidays with one at either end. */
    static final Duration IN_USE = Duration.ofDays(7);

    /** An image is used now, or somebody is about to. */
    void mark(String image) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(image);
        Files.write(file, new byte[0]);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    }

    /** Nobody is to use it here. */
    void forget(String image) throws IOException {
        Files.deleteIfExists(folder.resolve(image));
    }

    boolean has(String image) throws IOException {
        try {
            Instant used = Files.getLastModifiedTime(folder.resolve(image)).toInstant();
            return used.isAfter(Instant.now().minus(IN_USE));
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
