package io.jenkins.plugins.qemush.engine.guest;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a command in the guest reads and writes. None of them is closed by the engine.
 *
 * @param in read until its end, or until the command ends
 */
public record GuestStreams(InputStream in, OutputStream out, OutputStream err) {

    /** No input; both outputs to their own sink. */
    public static GuestStreams output(OutputStream out, OutputStream err) {
        return new GuestStreams(InputStream.nullInputStream(), out, err);
    }
}
