package io.jenkins.plugins.qemush.engine.guest;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Takes the output of a script of the engine's apart: bytes of the commands that it runs, and lines that begin with a marker
 * which those do not know. Bytes are handed on as they come, but for the few that may be the beginning of a marker.
 */
public final class MarkedStream extends OutputStream {

    /** Where the parts go, in their order. */
    public interface Receiver {
        void bytes(byte[] bytes, int offset, int length) throws IOException;

        void line(String line) throws IOException;
    }

    /** What the engine's own scripts say in a line is short; a guest must not fill this process's memory. */
    private static final int LONGEST_LINE = 64 << 10;

    private final byte[] marker;
    private final Receiver receiver;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean inLine;
    /** How many bytes of a marker the last bytes were. */
    private int matched;

    /** @param marker of characters that differ from its first */
    public MarkedStream(String marker, Receiver receiver) {
        this.marker = marker.getBytes(StandardCharsets.US_ASCII);
        this.receiver = receiver;
    }

    /** A marker that nobody has seen. Its first character occurs once. */
    public static String freshMarker() {
        return "@" + UUID.randomUUID() + ":";
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            at = inLine ? readLine(from, at, end) : readBytes(from, at, end);
        }
    }

    /** Returns where the marker, or the input, ended. */
    private int readBytes(byte[] from, int start, int end) throws IOException {
        int held = matched;
        for (int at = start; at < end; at++) {
            if (from[at] != marker[matched]) {
                // The first byte occurs once in a marker, so none can begin within what matched.
                matched = from[at] == marker[0] ? 1 : 0;
            } else if (++matched == marker.length) {
                matched = 0;
                inLine = true;
                deliver(held, from, start, at + 1 - marker.length);
                return at + 1;
            }
        }
        deliver(held, from, start, end - matched);
        return end;
    }

    /** Hands on what turned out to be no marker: {@code held} bytes from before, then those up to {@code end}. */
    private void deliver(int held, byte[] from, int start, int end) throws IOException {
        int free = Math.min(held, held + end - start);
        if (free > 0) {
            receiver.bytes(Arrays.copyOf(marker, free), 0, free);
        }
        if (end > start) {
            receiver.bytes(from, start, end - start);
        }
    }

    private int readLine(byte[] from, int start, int end) throws IOException {
        for (int at = start; at < end; at++) {
            if (from[at] == '\n') {
                inLine = false;
                String text = line.toString(StandardCharsets.US_ASCII);
                line.reset();
                receiver.line(text);
                return at + 1;
            }
            line.write(from[at]);
            if (line.size() > LONGEST_LINE) {
                throw new GuestFailure("The guest sent a line without end in place of an answer.", "");
            }
        }
        return end;
    }
}
