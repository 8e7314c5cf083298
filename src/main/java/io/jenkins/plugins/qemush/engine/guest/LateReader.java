package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.io.OutputStream;

/** An output whose reader comes late: what was written before is dropped. */
final class LateReader extends OutputStream {
    private volatile OutputStream reader = nullOutputStream();

    void readBy(OutputStream stream) {
        reader = stream;
    }

    @Override
    public void write(int one) throws IOException {
        reader.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        reader.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        reader.flush();
    }
}
