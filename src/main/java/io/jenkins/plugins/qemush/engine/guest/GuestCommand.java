package io.jenkins.plugins.qemush.engine.guest;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command for the guest.
 *
 * @param arguments the argument vector; arrives exactly as it is
 * @param user who runs it
 * @param environment set on top of the user's own; never visible in the guest's process list
 * @param directory where it runs, a relative one from the user's home; empty for the user's home
 * @param sharesShell see {@link #inSharedShell}
 * @param outputGrace how long its output is waited for once it has ended, when processes that it left behind hold that open;
 *     zero for ever
 * @param title what the machine's timeline shows of it; empty for its arguments
 */
public record GuestCommand(
        List<String> arguments,
        String user,
        Map<String, String> environment,
        Optional<String> directory,
        boolean sharesShell,
        Duration outputGrace,
        Optional<String> title) {

    /** Of a command that says nothing else. */
    public static final Duration OUTPUT_GRACE = Duration.ofSeconds(10);

    /** The user whom the engine's own commands run as. */
    public static final String ROOT = "root";

    private static final int LONGEST_VARIABLE = 128 * 1024;

    public GuestCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        // Of an older version of this program.
        outputGrace = outputGrace == null ? OUTPUT_GRACE : outputGrace;
        title = title == null ? Optional.empty() : title;
    }

    /** A command with a shell of its own. */
    public GuestCommand(
            List<String> arguments, String user, Map<String, String> environment, Optional<String> directory) {
        this(arguments, user, environment, directory, false, OUTPUT_GRACE, Optional.empty());
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
     * The same in a fork of a shell that serves one command of its user after the other. The command must not look for its
     * input's end, but know by what it has read that no more comes; and it must leave no process that writes to its outputs.
     */
    public GuestCommand inSharedShell() {
        return new GuestCommand(arguments, user, environment, directory, true, outputGrace, title);
    }

    /** The same, whose output is waited for so long behind its end; zero for ever. */
    public GuestCommand withOutputGrace(Duration longest) {
        return new GuestCommand(arguments, user, environment, directory, sharesShell, longest, title);
    }

    /** The same under another title: its arguments may hold secrets. */
    public GuestCommand titled(String text) {
        return new GuestCommand(arguments, user, environment, directory, sharesShell, outputGrace, Optional.of(text));
    }

    /**
     * Checks that a variable of this size can be given to a process: Linux takes no more than 32 pages of memory for one
     * (MAX_ARG_STRLEN, execve(2)), and most guests have pages of 4 kB.
     *
     * @throws HostFailure when it does not fit
     */
    public static void requireFits(String name, String value) throws HostFailure {
        int bytes = name.length() + 2 + value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_VARIABLE) {
            throw new HostFailure(
                    "The environment variable " + name + " has " + bytes / 1024
                            + " kB: Linux gives a process no more than " + LONGEST_VARIABLE / 1024 + " kB in one.",
                    "Pass that much through a file or standard input.");
        }
    }

    /**
     * This command, when it can be said to a guest.
     *
     * @throws HostFailure when a variable has no proper name, or a NUL character is somewhere
     */
    public GuestCommand checked() throws HostFailure {
        CommandLine.text(this, "");
        return this;
    }
}
