package io.jenkins.plugins.qemush.engine.failure;

import java.io.IOException;

/** A failure with a message for the user: the cause first, then whatever helps. */
public abstract class QemuShException extends IOException {
    private static final long serialVersionUID = 1L;

    QemuShException(String cause, Throwable origin) {
        super(cause, origin);
    }

    /** What follows the cause: the next step, or the console around the failure. May have several lines. */
    public abstract String help();
}
