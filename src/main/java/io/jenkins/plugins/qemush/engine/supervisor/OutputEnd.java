package io.jenkins.plugins.qemush.engine.supervisor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Hands on what a command writes, and keeps the end of it. */
final class OutputEnd extends OutputStream {
    /** Some dozen lines: what a failed command says at last. */
    private static final int KEPT_BYTES = 4096;

    private final OutputStream reader;
    private final byte[] kept = new byte[KEPT_BYTES];
    private int length;

    OutputEnd(OutputStream reader) {
        this.reader = reader;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        keep(bytes, offset, count);
        reader.write(bytes, offset, count);
    }

    @Override
    public void flush() throws IOException {
        reader.flush();
    }

    private synchronized void keep(byte[] bytes, int offset, int count) {
        int fresh = Math.min(count, KEPT_BYTES);
        int old = Math.min(length, KEPT_BYTES - fresh);
        System.arraycopy(kept, length - old, kept, 0, old);
        System.arraycopy(bytes, offset + count - fresh, kept, old, fresh);
        length = old + fresh;
    }

    /** The last 4 kB; the first line may have lost its beginning. */
    synchronized String text() {
        return new String(kept, 0, length, StandardCharsets.UTF_8);
    }
}
