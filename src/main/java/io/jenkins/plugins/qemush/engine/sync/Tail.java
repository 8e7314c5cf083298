package io.jenkins.plugins.qemush.engine.sync;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of what is written to it, for a message. */
final class Tail extends OutputStream {

    private static final int KEPT = 2000;

    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] from, int offset, int count) {
        text.append(new String(from, offset, count, StandardCharsets.ISO_8859_1));
        text.delete(0, Math.max(0, text.length() - KEPT));
    }

    @Override
    public synchronized String toString() {
        String said = text.toString().strip();
        return said.isEmpty() ? "nothing." : RawName.forHumans(said);
    }
}
