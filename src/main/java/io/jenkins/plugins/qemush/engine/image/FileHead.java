package io.jenkins.plugins.qemush.engine.image;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The first bytes of a file.
 *
 * @param bytes as they lie in the file
 * @param content the same; of a gzip file, those of what is in it
 */
record FileHead(byte[] bytes, byte[] content) {
    /** The farthest magic is that of Btrfs, see {@link FileKind}. */
    private static final int LENGTH = 0x10048;

    private static final Magic GZIP = Magic.hex(0, "1f8b");

    static FileHead of(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LENGTH);
        }
        return new FileHead(bytes, GZIP.matches(bytes) ? unzipped(file) : bytes);
    }

    boolean isZipped() {
        return GZIP.matches(bytes);
    }

    private static byte[] unzipped(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return in.readNBytes(LENGTH);
        } catch (ZipException | EOFException e) {
            // Begins like gzip and is not.
            return new byte[0];
        }
    }
}
