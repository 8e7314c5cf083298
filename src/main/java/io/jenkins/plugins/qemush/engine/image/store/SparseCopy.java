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

/** Copies a file in one pass, leaving holes where it has zeros. */
public final class SparseCopy {
    /** A file system's holes are of 4 kB and more; larger steps mean fewer writes. */
    private static final int STEP = 64 << 10;

    private static final byte[] ZEROS = new byte[STEP];

    private SparseCopy() {}

    /** Sees what is copied, in order. */
    @FunctionalInterface
    private interface Reader {
        void read(byte[] block, int length);
    }

    /**
     * @param to does not exist, or is empty: who wants it to have certain permissions makes it
     * @param what the work, as the listener is to hear of it
     * @throws InterruptedException when this thread was interrupted; a part of the copy is there
     */
    public static void copy(Path from, Path to, String what, Progress progress)
            throws IOException, InterruptedException {
        copy(from, to, what, progress, (block, length) -> {});
    }

    /**
     * As {@link #copy}.
     *
     * @param to must not exist
     * @return the SHA-256 digest of what was copied
     */
    static String copyAndHash(Path from, Path to, String what, Progress progress)
            throws IOException, InterruptedException {
        Files.createFile(to);
        MessageDigest digest = Sha256.start();
        copy(from, to, what, progress, (block, length) -> digest.update(block, 0, length));
        return Sha256.hex(digest);
    }

    private static void copy(Path from, Path to, String what, Progress progress, Reader reader)
            throws IOException, InterruptedException {
        byte[] block = new byte[Sha256.BLOCK];
        long total = Files.size(from);
        long done = 0;
        try (InputStream in = Files.newInputStream(from);
                RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
            for (int read = in.readNBytes(block, 0, block.length);
                    read > 0;
                    read = in.readNBytes(block, 0, block.length)) {
                reader.read(block, read);
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
