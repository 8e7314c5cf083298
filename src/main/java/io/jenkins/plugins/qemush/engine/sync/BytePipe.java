package io.jenkins.plugins.qemush.engine.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * Bytes from one thread to another, at once. {@link java.io.PipedInputStream} makes a reader wait up to a second for
 * bytes that nobody flushed, and fails when a writing thread has ended.
 */
final class BytePipe {

    private static final int CAPACITY = 256 * 1024;

    private final byte[] buffer = new byte[CAPACITY];
    private int start;
    private int length;
    private boolean ended;
    private boolean abandoned;

    final InputStream source = new Source();
    final OutputStream sink = new Sink();

    private synchronized int take(byte[] to, int offset, int wanted) throws IOException {
        try {
            while (length == 0 && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (length == 0) {
            return -1;
        }
        int count = Math.min(Math.min(wanted, length), CAPACITY - start);
        System.arraycopy(buffer, start, to, offset, count);
        start = (start + count) % CAPACITY;
        length -= count;
        notifyAll();
        return count;
    }

    private synchronized int put(byte[] from, int offset, int offered) throws IOException {
        try {
            while (length == CAPACITY && !abandoned) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (abandoned) {
            throw new IOException("The other side has stopped reading.");
        }
        int end = (start + length) % CAPACITY;
        int count = Math.min(Math.min(offered, CAPACITY - length), CAPACITY - end);
        System.arraycopy(from, offset, buffer, end, count);
        length += count;
        notifyAll();
        return count;
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupt = new InterruptedIOException("Interrupted.");
        interrupt.initCause(e);
        return interrupt;
    }

    /** No more will be written: the reader gets what there is, then the end. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Nobody will read: writing fails from now on. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    private final class Source extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int wanted) throws IOException {
            return wanted == 0 ? 0 : take(to, offset, wanted);
        }

        @Override
        public int available() {
            synchronized (BytePipe.this) {
                return length;
            }
        }

        @Override
        public void close() {
            abandon();
        }
    }

    private final class Sink extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int count) throws IOException {
            int done = 0;
            while (done < count) {
                done += put(from, offset + done, count - done);
            }
        }

        @Override
        public void close() {
            end();
        }
    }
}
