package io.jenkins.plugins.qemush.engine.warm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * One file of a saved state as it was when it was saved.
 *
 * @param checksum CRC-32: against damage, not against people, who change the stamp. The one checksum that every Java
 *     computes as fast as it reads, whatever compiler runs
 * @param used bytes that are not in pages of zeros, which is about what the file takes on the disk
 */
public record SavedFile(FileStamp stamp, long checksum, long used) {
    private static final int BLOCK = 1 << 20;
    private static final int PAGE = 4096;
    private static final byte[] ZEROS = new byte[PAGE];

    static SavedFile of(Path file) throws IOException {
        CRC32 sum = new CRC32();
        long used = 0;
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.readNBytes(block, 0, BLOCK); read > 0; read = in.readNBytes(block, 0, BLOCK)) {
                sum.update(block, 0, read);
                used += used(block, read);
            }
        }
        return new SavedFile(FileStamp.of(file), sum.getValue(), used);
    }

    private static long used(byte[] block, int length) {
        long used = 0;
        for (int from = 0; from < length; from += PAGE) {
            int to = Math.min(from + PAGE, length);
            if (!Arrays.equals(block, from, to, ZEROS, 0, to - from)) {
                used += to - from;
            }
        }
        return used;
    }
}
