package io.jenkins.plugins.qemush.engine.task;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** An input that is given piece by piece; a reader waits for the next. */
final class TaskInput extends InputStream {
    private final ByteArrayOutputStream given = new ByteArrayOutputStream();
    private boolean ended;

    synchronized void give(byte[]... pieces) {
        for (byte[] piece : pieces) {
            given.writeBytes(piece);
        }
        notifyAll();
    }

    synchronized void giveLast(byte[] piece) {
        give(piece);
        close();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] to, int offset, int length) {
        while (given.size() == 0 && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
        if (given.size() == 0) {
            return -1;
        }
        byte[] all = given.toByteArray();
        int count = Math.min(length, all.length);
        System.arraycopy(all, 0, to, offset, count);
        given.reset();
        given.write(all, count, all.length - count);
        return count;
    }

    @Override
    public synchronized void close() {
        ended = true;
        notifyAll();
    }
}
