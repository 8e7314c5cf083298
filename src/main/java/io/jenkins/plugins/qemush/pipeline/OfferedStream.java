package io.jenkins.plugins.qemush.pipeline;

import hudson.remoting.FastPipedInputStream;
import hudson.remoting.FastPipedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Output that the caller may want to read, or not: Jenkins does not tell beforehand. Once {@link #claim claimed} it is a
 * pipe; as long as nobody claims it, it goes elsewhere.
 */
final class OfferedStream extends OutputStream {
    private static final int BUFFER = 1 << 20;

    private final FastPipedOutputStream pipe = new FastPipedOutputStream();
    private final FastPipedInputStream reader = new FastPipedInputStream(pipe, BUFFER);
    private final OutputStream unclaimed;
    private volatile boolean claimed;

    /**
     * @param unclaimed where output goes while nobody reads; null to keep what fits into the pipe's buffer and to drop the
     *     rest, so that a command never waits for a reader who does not come
     */
    OfferedStream(OutputStream unclaimed) throws IOException {
        this.unclaimed = unclaimed;
    }

    InputStream claim() {
        claimed = true;
        return reader;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (claimed) {
            pipe.write(bytes, from, length);
            pipe.flush();
        } else if (unclaimed != null) {
            unclaimed.write(bytes, from, length);
        } else if (reader.available() + length <= BUFFER) {
            pipe.write(bytes, from, length);
        }
    }

    @Override
    public void flush() throws IOException {
        pipe.flush();
    }

    @Override
    public void close() throws IOException {
        pipe.close();
    }
}
