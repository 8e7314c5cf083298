package io.jenkins.plugins.qemush.engine.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a client sends for a command's standard input, until the command wants it. */
final class ClientInput extends InputStream {
    /** Blocks of at most 32 kB each wait here. */
    private static final int WAITING = 16;

    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> blocks = new ArrayBlockingQueue<>(WAITING);
    private byte[] current = {};
    private int position;

    /** Takes a block; false when the command did not read enough of the earlier ones in time. */
    boolean offer(byte[] block, Duration patience) throws InterruptedException {
        return block.length == 0 || blocks.offer(block, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The client has said all; false when there was no place for that yet. */
    boolean offerEnd(Duration patience) throws InterruptedException {
        return blocks.offer(END, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (current != END && position == current.length) {
            current = next();
            position = 0;
        }
        if (current == END) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, bytes, offset, count);
        position += count;
        return count;
    }

    private byte[] next() throws IOException {
        try {
            return blocks.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("nobody waits for this input any more");
        }
    }
}
