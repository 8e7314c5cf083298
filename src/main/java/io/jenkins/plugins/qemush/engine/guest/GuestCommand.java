package io.jenkins.plugins.qemush.engine.guest;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command for the guest.
 *
 * @param arguments the argument vector; arrives exactly as it is
 * @param user who runs it
 * @param environment set on top of the user's own; never visible in the guest's process list
 * @param directory where it runs, absolute; empty for the user's home
 */
public record GuestCommand(
        List<String> arguments, String user, Map<String, String> environment, Optional<String> directory) {

    /** The user whom the engine's own commands run as. */
    public static final String ROOT = "root";

    public GuestCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * A script for the shell that every command is started by. Another shell would be another process, and the start of
     * one takes a guest under TCG longer than most of what a shell does.
     */
    public static GuestCommand inItsShell(String script, String user) {
        return new GuestCommand(List.of("eval", script), user, Map.of(), Optional.empty());
    }

    /** A script for root's shell, run in its home; {@code parameters} become {@code $1}, {@code $2}, … */
    public static GuestCommand rootScript(String script, String... parameters) {
        return inItsShell("set -- " + ShellQuote.words(List.of(parameters)) + "\n" + script, ROOT);
    }

    /**
     * This command, when it can be said to a guest.
     *
     * @throws HostFailure when a variable has no proper name, or a NUL character is somewhere
     */
    public GuestCommand checked() throws HostFailure {
        CommandLine.text(this);
        return this;
    }
}
