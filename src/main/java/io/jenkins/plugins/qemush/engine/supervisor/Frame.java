package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One message on a machine's control socket: a kind (1 byte), a length (4 bytes, big-endian), the payload.
 *
 * <p>A client sends one REQUEST (JSON, see {@link ControlRequest}), then STDIN and RESIZE as it likes. The supervisor
 * sends STDOUT and STDERR, and ends with ANSWER (JSON) or FAILURE (JSON, see {@link RemoteFailure}).
 */
record Frame(Kind kind, byte[] payload) {
    static final int LARGEST = 8 << 20;

    enum Kind {
        REQUEST,
        STDIN,
        STDIN_END,
        RESIZE,
        STDOUT,
        STDERR,
        ANSWER,
        FAILURE
    }

    static Frame of(Kind kind, String text) {
        return new Frame(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Writes the frame whole, whoever else writes to the stream. */
    void writeTo(DataOutputStream out) throws IOException {
        if (payload.length > LARGEST) {
            throw new HostFailure(
                    "The command with its arguments and environment has " + (payload.length >> 20) + " MB.",
                    "Pass that much through a file or standard input.");
        }
        synchronized (out) {
            out.writeByte(kind.ordinal());
            out.writeInt(payload.length);
            out.write(payload);
            out.flush();
        }
    }

    /** Reads the next frame; null at the end of the stream. */
    static Frame readFrom(DataInputStream in) throws IOException {
        int kind = in.read();
        if (kind < 0) {
            return null;
        }
        int length = in.readInt();
        if (kind >= Kind.values().length || length < 0 || length > LARGEST) {
            throw new IOException("malformed frame of kind " + kind + " and length " + length);
        }
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("the other side ended within a frame");
        }
        return new Frame(Kind.values()[kind], payload);
    }
}
