package io.jenkins.plugins.qemush.pipeline;

import java.io.Serializable;

/** What a block's body came to. Exactly one of a failure and a result, which may be null. */
final class Outcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Object result;
    private final Throwable failure;

    private Outcome(Object result, Throwable failure) {
        this.result = result;
        this.failure = failure;
    }

    static Outcome success(Object result) {
        return new Outcome(result, null);
    }

    static Outcome failure(Throwable failure) {
        return new Outcome(null, failure);
    }

    Object result() {
        return result;
    }

    /** Null on success. */
    Throwable failure() {
        return failure;
    }
}
