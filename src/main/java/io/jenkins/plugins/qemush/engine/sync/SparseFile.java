package io.jenkins.plugins.qemush.engine.sync;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/** Writes a new file from a stream; runs of zeros become holes. */
final class SparseFile {

    private static final int BUFFER = 64 * 1024;

    private SparseFile() {}

    /** @throws ContentCutShort when the stream has less than {@code size} bytes */
    static void write(InputStream content, Path path, long size) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel file = Files.newByteChannel(path, options)) {
            byte[] buffer = new byte[BUFFER];
            long at = 0;
            while (at < size) {
                int wanted = (int) Math.min(BUFFER, size - at);
                int count = read(content, buffer, wanted);
                at += count;
                if (at == size || !isZero(buffer, count)) {
                    writeAt(file, at - count, ByteBuffer.wrap(buffer, 0, count));
                }
            }
        }
    }

    private static int read(InputStream content, byte[] buffer, int wanted) throws ContentCutShort {
        try {
            int count = content.readNBytes(buffer, 0, wanted);
            if (count < wanted) {
                throw new EOFException();
            }
            return count;
        } catch (IOException e) {
            throw new ContentCutShort(e);
        }
    }

    private static void writeAt(SeekableByteChannel file, long position, ByteBuffer bytes) throws IOException {
        file.position(position);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private static boolean isZero(byte[] buffer, int count) {
        for (int at = 0; at < count; at++) {
            if (buffer[at] != 0) {
                return false;
            }
        }
        return true;
    }
}
