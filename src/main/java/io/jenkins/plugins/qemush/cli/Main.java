package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.guest.SshWarmUp;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program. */
@Command(
        name = "qemu-sh",
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs commands in throw-away machines of other architectures.",
        footer = {
            "",
            "Examples:",
            "  qemu-sh image build --arch aarch64        make an image from Debian packages",
            "  qemu-sh run --arch aarch64 -- uname -m    boot it, run a command, leave nothing behind",
            "  qemu-sh run --arch s390x --sync . -- make check",
            "  qemu-sh up --arch riscv64 --name r && qemu-sh shell r",
            "",
            "Exit codes: the command's own; 125 when qemu-sh itself failed."
        })
public final class Main {
    /** What docker says when docker itself fails. */
    static final int FAILED = 125;

    @Option(
            names = "-v",
            scope = ScopeType.INHERIT,
            description =
                    "Say more: -v the QEMU command line and the stack trace of a failure, -vv the timeline as well.")
    private boolean[] verbose = {};

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;

    private final Console console;

    private Main(Console console) {
        this.console = console;
    }

    public static void main(String[] arguments) {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(new Console(err), arguments));
    }

    /** Parses and runs; returns the exit code. */
    static int run(Console console, String... arguments) {
        if (Verbs.connects(arguments)) {
            SshWarmUp.begin();
        }
        Main main = new Main(console);
        Verbs verbs = new Verbs(console);
        CommandLine line = new CommandLine(main, verbs);
        verbs.addTo(line, arguments);
        Outcome outcome = new Outcome(console, main);
        line.setExecutionStrategy(outcome);
        line.setExecutionExceptionHandler(outcome);
        line.setParameterExceptionHandler(outcome);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        // What follows a command's first word belongs to the command.
        for (Map.Entry<String, CommandLine> verb : line.getSubcommands().entrySet()) {
            verb.getValue().setStopAtPositional(Verbs.TAKE_COMMANDS.contains(verb.getKey()));
        }
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return FAILED;
        }
        return line.execute(arguments);
    }

    /** How often -v was given. */
    int verbosity() {
        return verbose.length;
    }

    /** The version of the jar; a build directory has none. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"qemu-sh " + (version == null ? "(built here)" : version)};
        }
    }
}
