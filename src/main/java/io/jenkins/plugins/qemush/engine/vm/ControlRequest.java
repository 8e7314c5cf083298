package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;

/**
 * What a client asks of a supervisor.
 *
 * @param verb what to do
 * @param command for {@link Verb#EXECUTE} and {@link Verb#TERMINAL}, else null
 * @param term the terminal's type for TERMINAL, else empty
 */
record ControlRequest(Verb verb, GuestCommand command, String term, int columns, int rows) {
    enum Verb {
        /** Answers when commands can run. */
        AWAIT_REACHABLE,
        /** Runs a command with its streams; answers with its exit status. */
        EXECUTE,
        /** The same on a pty. */
        TERMINAL,
        /** Answers with the machine's state. */
        STATUS,
        /** Ends the machine; answers when nothing of it is left. */
        STOP
    }

    static ControlRequest of(Verb verb) {
        return new ControlRequest(verb, null, "", 0, 0);
    }
}
