package io.jenkins.plugins.qemush.engine.admission;

/**
 * What one machine takes or waits for.
 *
 * @param ticket the order in which claims are served
 * @param name the machine's, for people
 * @param megabytes at most, QEMU's own included
 * @param owner who answers for the machine; the claim ends with it
 */
record Claim(long ticket, String name, int megabytes, ProcessIdentity owner, State state) {
    enum State {
        /** For its turn. */
        WAITING,
        HELD,
        /** Held by a machine that nobody uses yet; it ends as soon as somebody waits. */
        SPARE
    }

    Claim as(State other) {
        return new Claim(ticket, name, megabytes, owner, other);
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }
}
