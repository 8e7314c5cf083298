package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/** Copies and hashes a file in one pass, leaving holes where it has zeros. */
final class SparseCopy {
    /** A file system's holes are of 4 kB and more; larger steps mean fewer writes. */
    private static final int STEP = 64 << 10;

    private static final byte[] ZEROS = new byte[STEP];

    private SparseCopy() {}

    /**
     * @param to must not exist
     * @return the SHA-256 digest of what was copied
     */
    static String copy(Path from, Path to, String what, Progress progress) throws IOException, InterruptedException {
        Files.createFile(to);
        MessageDigest digest = Sha256.start();
        byte[] block = new byte[Sha256.BLOCK];
        long total = Files.size(from);
        long done = 0;
        try (InputStream in = Files.newInputStream(from);
                RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
            for (int read = in.readNBytes(block, 0, block.length);
                    read > 0;
                    read = in.readNBytes(block, 0, block.length)) {
                digest.update(block, 0, read);
                write(out, done, block, read);
                done += read;
                progress.at(what, done, total);
                if (Thread.interrupted()) {
                    throw new InterruptedException(what);
                }
            }
            out.setLength(done);
            out.getFD().sync();
        }
        return Sha256.hex(digest);
    }

    private static void write(RandomAccessFile out, long position, byte[] block, int length) throws IOException {
        for (int start = 0; start < length; start += STEP) {
            int end = Math.min(start + STEP, length);
            if (!Arrays.equals(block, start, end, ZEROS, 0, end - start)) {
                out.seek(position + start);
                out.write(block, start, end - start);
            }
        }
    }
}
