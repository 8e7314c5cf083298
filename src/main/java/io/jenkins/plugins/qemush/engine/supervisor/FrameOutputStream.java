package io.jenkins.plugins.qemush.engine.supervisor;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A stream whose bytes travel as frames. */
final class FrameOutputStream extends OutputStream {
    private static final int PIECE = 256 * 1024;

    private final DataOutputStream out;
    private final Frame.Kind kind;

    FrameOutputStream(DataOutputStream out, Frame.Kind kind) {
        this.out = out;
        this.kind = kind;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += PIECE) {
            int from = offset + done;
            int to = from + Math.min(PIECE, length - done);
            new Frame(kind, Arrays.copyOfRange(bytes, from, to)).writeTo(out);
        }
    }
}
