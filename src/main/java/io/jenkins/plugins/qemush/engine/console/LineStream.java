package io.jenkins.plugins.qemush.engine.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a log line by line and knows at which byte each begins. */
final class LineStream {
    private static final int BLOCK = 64 << 10;

    /** Longer lines are cut: they are no text that somebody reads, and a browser has to lay them out. */
    private static final int LONGEST = 8 << 10;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private int at;
    private int filled;
    private long offset;
    private long number;

    /**
     * @param in is at byte {@code offset}, where line {@code number} begins
     */
    LineStream(InputStream in, long offset, long number) {
        this.in = in;
        this.offset = offset;
        this.number = number;
    }

    /** The first byte behind the last whole line. */
    long offset() {
        return offset;
    }

    /** The number of the line that begins there. */
    long number() {
        return number;
    }

    /** Passes over lines without looking at them. */
    void skipTo(long wanted) throws IOException {
        while (number < wanted && skipLine()) {
            number++;
        }
    }

    private boolean skipLine() throws IOException {
        long length = 0;
        while (fill()) {
            for (int i = at; i < filled; i++) {
                if (block[i] == '\n') {
                    offset += length + i + 1 - at;
                    at = i + 1;
                    return true;
                }
            }
            length += filled - at;
            at = filled;
        }
        return false;
    }

    /** The next whole line, without its end; empty when there is none, {@link #rest} is then what follows. */
    Optional<String> next() throws IOException {
        line.reset();
        long length = 0;
        while (fill()) {
            for (int i = at; i < filled; i++) {
                if (block[i] == '\n') {
                    keep(i);
                    offset += length + i + 1 - at;
                    at = i + 1;
                    number++;
                    return Optional.of(text());
                }
            }
            keep(filled);
            length += filled - at;
            at = filled;
        }
        return Optional.empty();
    }

    /** What {@link #next} read when it found no whole line. */
    String rest() {
        return text();
    }

    /** @throws InterruptedIOException when nobody waits for the answer any more: a read alone would not notice */
    private boolean fill() throws IOException {
        if (at < filled) {
            return true;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("nobody waits for this part of the log any more");
        }
        at = 0;
        filled = Math.max(0, in.read(block));
        return filled > 0;
    }

    private void keep(int end) {
        line.write(block, at, Math.max(0, Math.min(end - at, LONGEST - line.size())));
    }

    private String text() {
        String text = line.toString(StandardCharsets.UTF_8);
        int end = text.length();
        // Terminals get CR LF, and firmware likes CR CR LF.
        while (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        return line.size() < LONGEST ? text.substring(0, end) : text.substring(0, end) + " …";
    }
}
