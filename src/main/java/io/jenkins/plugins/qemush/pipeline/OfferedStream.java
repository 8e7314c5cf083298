package io.jenkins.plugins.qemush.pipeline;

import hudson.remoting.FastPipedInputStream;
import hudson.remoting.FastPipedOutputStream;
import java.io.FilterInputStream;
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
    private volatile boolean lost;

    /**
     * @param unclaimed where output goes while nobody reads; null to keep what fits into the pipe's buffer and to drop the
     *     rest, so that a command never waits for a reader who does not come. A reader who comes later than that is told.
     */
    OfferedStream(OutputStream unclaimed) throws IOException {
        this.unclaimed = unclaimed;
    }

    InputStream claim() {
        claimed = true;
        return new FilterInputStream(reader) {
            @Override
            public int read() throws IOException {
                return orLost(super.read());
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return orLost(super.read(bytes, from, length));
            }
        };
    }

    /** Nobody shall take the beginning of an output for the whole. */
    private int orLost(int count) throws IOException {
        if (count < 0 && lost) {
            throw new IOException("qemuSh: The command printed more than 1 MB before anybody read it. "
                    + "The rest is lost. Read while the command runs, or let it write to a file.");
        }
        return count;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (lost) {
            return;
        }
        if (claimed) {
            pipe.write(bytes, from, length);
            pipe.flush();
        } else if (unclaimed != null) {
            unclaimed.write(bytes, from, length);
        } else if (reader.available() + length <= BUFFER) {
            pipe.write(bytes, from, length);
        } else {
            lost = true;
            pipe.close();
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
