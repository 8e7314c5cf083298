package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The output of a shell that says by {@link CommandLine#BEGUN} that it has read its command. What follows is the
 * command's output; what came before is not, a greeting for instance, and goes to its errors.
 */
final class BeginMark extends OutputStream {
    private final OutputStream out;
    private final OutputStream errors;
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile boolean begun;

    BeginMark(OutputStream out, OutputStream errors) {
        this.out = out;
        this.errors = errors;
    }

    /** Waits for the mark, or for {@link #giveUp}; returns whether the command has begun. */
    boolean await() throws InterruptedException {
        decided.await();
        return begun;
    }

    /** Waits no longer than that; returns whether there is nothing more to wait for. */
    boolean await(long millis) throws InterruptedException {
        return decided.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Nobody waits any more. */
    void giveUp() {
        decided.countDown();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        if (!begun) {
            while (at < end && bytes[at] != CommandLine.BEGUN) {
                at++;
            }
            errors.write(bytes, offset, at - offset);
            if (at == end) {
                return;
            }
            at++;
            begun = true;
            decided.countDown();
        }
        out.write(bytes, at, end - at);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
