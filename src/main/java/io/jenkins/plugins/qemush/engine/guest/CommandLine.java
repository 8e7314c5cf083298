package io.jenkins.plugins.qemush.engine.guest;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@link GuestCommand} in the form that travels: a command line that is the same for all, and one line of input that
 * says everything. So neither arguments nor environment show up in the guest's process list before the command itself
 * does, and of their size only what {@code execve} takes in the guest is a limit.
 */
final class CommandLine {
    /** A shell reads a line byte by byte and leaves what follows to the command: hence one line, newlines written {@code $qsh_n}. */
    private static final String READ_AND_RUN = "qsh_n='\n';IFS= read -r qsh_s&&eval \"$qsh_s\"";

    /** The names that {@code export} takes. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private CommandLine() {}

    /**
     * What the SSH server is asked to run. Root is who logs in.
     *
     * <p>The shell that will read the first line is marked from its start: only what a process was started with shows in
     * /proc, where {@link CookieKiller} looks, and busybox runs its own commands in forks of the shell.
     *
     * @param mark {@code NAME=value}, plain words
     */
    static String toExecute(GuestCommand command, String mark) {
        String shell = command.user().equals(GuestCommand.ROOT)
                ? "/bin/sh"
                : "su -s /bin/sh " + ShellQuote.word(command.user());
        return "export " + mark + "; exec " + shell + " -c " + ShellQuote.word(READ_AND_RUN);
    }

    /**
     * The first line of the command's input.
     *
     * @throws HostFailure when a variable's name is none that a shell knows
     */
    static String firstLine(GuestCommand command) throws HostFailure {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, String> variable : command.environment().entrySet()) {
            line.append("export ").append(checked(variable.getKey())).append('=');
            line.append(oneLine(variable.getValue())).append("; ");
        }
        Optional<String> directory = command.directory();
        line.append(directory.isEmpty() ? "cd; " : "cd -- " + oneLine(directory.get()) + " || exit 126; ");
        StringBuilder parameters = new StringBuilder("set --");
        for (String argument : command.arguments()) {
            parameters.append(' ').append(oneLine(argument));
        }
        return parameters + "; " + line + "unset qsh_n qsh_s; \"$@\"; exit $?\n";
    }

    private static String checked(String name) throws HostFailure {
        if (!NAME.matcher(name).matches()) {
            throw new HostFailure(
                    "\"" + name + "\" is no name for an environment variable.",
                    "Use letters, digits and underscores, not a digit first.");
        }
        return name;
    }

    private static String oneLine(String text) throws HostFailure {
        if (text.indexOf(0) >= 0) {
            throw new HostFailure(
                    "An argument, variable or directory of the command contains a NUL character.",
                    "Pass such data through a file or standard input.");
        }
        return ShellQuote.word(text).replace("\n", "'\"$qsh_n\"'");
    }
}
