package io.jenkins.plugins.qemush.engine.task;

import java.io.InputStream;

/** A follower's input: its script at once, and a last line when everything it sent has arrived. Blocks in between. */
final class TaskInput extends InputStream {
    private static final byte[] ARRIVED = {'\n'};

    private byte[] now;
    private int at;
    private boolean ended;

    TaskInput(byte[] script) {
        now = script.clone();
    }

    /** Lets the guest remove what it holds. */
    synchronized void arrived() {
        now = ARRIVED;
        at = 0;
        close();
    }

    @Override
    public synchronized int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] to, int offset, int length) {
        while (at == now.length && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
        if (at == now.length) {
            return -1;
        }
        int count = Math.min(length, now.length - at);
        System.arraycopy(now, at, to, offset, count);
        at += count;
        return count;
    }

    @Override
    public synchronized void close() {
        ended = true;
        notifyAll();
    }
}
