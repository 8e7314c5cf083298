package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that say how a command runs in the guest. */
final class CommandOptions {
    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME[=VALUE]",
            description = "A variable; without a value, this shell's.")
    private List<String> environment = new ArrayList<>();

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "Where the command runs (default: the home).")
    private String directory;

    @Option(
            names = "--output-grace",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for the output of processes that the command leaves behind;"
                    + " 0: until they end (default: ${DEFAULT-VALUE}).")
    private int outputGrace;

    @Option(
            names = {"-n", "--no-stdin"},
            description =
                    "Give the command no standard input. Without it a command takes what there is, as with ssh; in a"
                            + " loop that reads a list from there, one that ends within a second takes nothing.")
    private boolean noInput;

    @Option(
            names = {"-t", "--tty"},
            description = "Run it on a terminal, as shell does; not with --env or --sync.")
    private boolean terminal;

    /** Whether the command is to have a terminal. */
    boolean wantsTerminal(List<SharedFolder> shared) throws HostFailure {
        if (terminal && (!environment.isEmpty() || !shared.isEmpty())) {
            throw new HostFailure(
                    "--tty goes with neither --env nor --sync.",
                    "Leave --tty out, or set variables within the command: sh -c 'NAME=value …'");
        }
        return terminal;
    }

    /** What the command reads. */
    InputStream input() {
        return noInput ? InputStream.nullInputStream() : SharedInput.of(StandardStreams.input());
    }

    /** The command; without --workdir it runs in the first of the shared folders, if there is one. */
    GuestCommand command(List<String> words, String user, List<SharedFolder> shared) throws HostFailure {
        List<String> line = words.indexOf("--") == 0 ? words.subList(1, words.size()) : words;
        if (line.isEmpty()) {
            throw new HostFailure("Which command?", "Give it after --, for instance: -- uname -m");
        }
        if (line == words && line.get(0).startsWith("-")) {
            throw new HostFailure(
                    "The flag " + line.get(0) + " stands where the command should.",
                    "Flags come first, before the machine's name and the command.");
        }
        Optional<String> where = Optional.ofNullable(directory)
                .or(() -> shared.stream().findFirst().map(SharedFolder::guestDirectory));
        if (outputGrace < 0) {
            throw new HostFailure("--output-grace is negative.", "Give seconds; 0 to wait for ever.");
        }
        return new GuestCommand(line, user, environment(), where)
                .withOutputGrace(Duration.ofSeconds(outputGrace))
                .checked();
    }

    private Map<String, String> environment() throws HostFailure {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String entry : environment) {
            int equals = entry.indexOf('=');
            String name = equals < 0 ? entry : entry.substring(0, equals);
            String value = equals < 0 ? System.getenv(entry) : entry.substring(equals + 1);
            if (value == null) {
                throw new HostFailure(
                        "The variable " + name + " is not set here.", "Give it a value: --env " + name + "=…");
            }
            variables.put(name, value);
        }
        return variables;
    }
}
