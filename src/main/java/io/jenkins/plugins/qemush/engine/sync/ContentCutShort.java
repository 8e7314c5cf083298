package io.jenkins.plugins.qemush.engine.sync;

import java.io.IOException;

/** The stream of files ended within a file. What was read of it is worth nothing. */
final class ContentCutShort extends IOException {
    private static final long serialVersionUID = 1L;

    ContentCutShort(IOException cause) {
        super("the stream of files from the guest ended within a file", cause);
    }
}
