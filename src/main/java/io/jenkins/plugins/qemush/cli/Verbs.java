package io.jenkins.plugins.qemush.cli;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/**
 * The verbs, as picocli's commands: those that talk to the user are given the console.
 *
 * <p>To set one up takes picocli some milliseconds of reflection, all of them as long as QEMU takes to start: so there is
 * only the one that is wanted, if it is known.
 */
final class Verbs implements IFactory {
    /** What follows the first word of such a verb's command belongs to the command. */
    static final Set<String> TAKE_COMMANDS = Set.of("run", "exec", "rehearse");

    /** Such a verb's own process connects to a machine, always. */
    private static final Set<String> CONNECT = Set.of("run", "rehearse");

    /** In the order of the help. */
    private static final List<Class<?>> ALL = List.of(
            RunCommand.class,
            RehearseCommand.class,
            UpCommand.class,
            ExecCommand.class,
            ShellCommand.class,
            CpCommand.class,
            DownCommand.class,
            PsCommand.class,
            LogsCommand.class,
            SshConfigCommand.class,
            PrepareCommand.class,
            ImageCommand.class,
            DoctorCommand.class,
            CompletionCommand.class);

    private final Console console;

    Verbs(Console console) {
        this.console = console;
    }

    /** Whether this command line will need SSH before long, as far as its first word tells. */
    static boolean connects(String... arguments) {
        return arguments.length > 0 && CONNECT.contains(arguments[0]);
    }

    /** Adds the verb that the first argument names; all of them when it names none, or one that asks for the others. */
    void addTo(CommandLine line, String... arguments) {
        for (Class<?> verb : wanted(arguments)) {
            line.addSubcommand(verb);
        }
    }

    private static List<Class<?>> wanted(String... arguments) {
        for (Class<?> verb : ALL) {
            if (arguments.length > 0 && name(verb).equals(arguments[0]) && verb != CompletionCommand.class) {
                return List.of(verb);
            }
        }
        return ALL;
    }

    private static String name(Class<?> verb) {
        return verb.getAnnotation(Command.class).name();
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Console.class) {
                return type.cast(constructor.newInstance(console));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
