package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs what was parsed, and tells what went wrong.
 *
 * <p>A class, since lambdas would take Java 20 ms at each start: those of picocli's old interfaces cannot be in the archive of
 * classes, nor the interfaces themselves (JDK-8261090), for which picocli's jar is opened.
 */
final class Outcome implements IExecutionStrategy, IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Console console;
    private final Main main;

    Outcome(Console console, Main main) {
        this.console = console;
        this.main = main;
    }

    @Override
    public int execute(ParseResult parsed) {
        console.setVerbosity(main.verbosity());
        return new RunLast().execute(parsed);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return console.failure(failure);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] words) {
        console.setVerbosity(asksForMore(words) ? 1 : 0);
        return console.failure(misuse(failure));
    }

    /** Whether -v is among the flags: the parser has read none behind the wrong one. */
    private static boolean asksForMore(String[] words) {
        return Arrays.stream(words).takeWhile(word -> !word.equals("--")).anyMatch(word -> word.matches("-v+"));
    }

    /** Wrong flags, told as everything else that is wrong: a line of cause, and one of what to do. */
    private static HostFailure misuse(ParameterException e) {
        List<String> similar =
                e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String help = "See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        return new HostFailure(
                e.getMessage().replaceAll("\\s+", " "),
                similar.isEmpty() ? help : "Did you mean " + String.join(", ", similar) + "? " + help,
                e);
    }
}
