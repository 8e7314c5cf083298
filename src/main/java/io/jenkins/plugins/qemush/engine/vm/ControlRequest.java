package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import java.util.Optional;

/**
 * What a client asks of a supervisor.
 *
 * @param verb what to do
 * @param command for {@link Verb#EXECUTE} and {@link Verb#TERMINAL}
 * @param folder for EXECUTE: brought into the guest before and back behind the command
 * @param terminal for TERMINAL
 */
record ControlRequest(
        Verb verb, Optional<GuestCommand> command, Optional<SharedFolder> folder, Optional<Terminal> terminal) {

    /** A terminal's type, and its size in characters. */
    record Terminal(String type, int columns, int rows) {}

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
        return new ControlRequest(verb, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
