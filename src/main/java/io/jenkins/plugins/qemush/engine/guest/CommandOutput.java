package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Where a command's output goes, watched: JSch delivers the output of all of a connection's commands on one thread, so a
 * reader that has stopped reading holds them all up.
 */
final class CommandOutput extends OutputStream {
    private static final long STUCK = Duration.ofMillis(500).toNanos();

    private final OutputStream reader;
    private volatile long writingSince;
    private volatile boolean writing;
    private volatile IOException failure;

    CommandOutput(OutputStream reader) {
        this.reader = reader;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        deliver(() -> reader.write(bytes, offset, length));
    }

    @Override
    public void flush() {
        deliver(reader::flush);
    }

    private interface Delivery {
        void run() throws IOException;
    }

    /** What a reader that has gone away does not take is dropped: the command's owner asks for {@link #failure}. */
    private void deliver(Delivery delivery) {
        if (failure != null) {
            return;
        }
        writingSince = System.nanoTime();
        writing = true;
        try {
            delivery.run();
        } catch (IOException e) {
            failure = e;
        } finally {
            writing = false;
        }
    }

    /** Whether the reader has stopped reading. */
    boolean isStuck() {
        return writing && System.nanoTime() - writingSince > STUCK;
    }

    /** Why the reader takes no more; null while it does. */
    IOException failure() {
        return failure;
    }
}
