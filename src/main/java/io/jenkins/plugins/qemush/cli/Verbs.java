package io.jenkins.plugins.qemush.cli;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Optional;
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
    static final Set<String> TAKE_COMMANDS = Set.of("run", "exec");

    /** In the order of the help. */
    private static final List<Class<?>> ALL = List.of(
            RunCommand.class,
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

    /** Adds the verb that the first argument names; all of them when it names none, or one that asks for the others. */
    void addTo(CommandLine line, String... arguments) {
        Optional<Class<?>> wanted = ALL.stream()
                .filter(verb -> arguments.length > 0 && name(verb).equals(arguments[0]))
                .filter(verb -> verb != CompletionCommand.class)
                .findFirst();
        wanted.map(List::<Class<?>>of).orElse(ALL).forEach(line::addSubcommand);
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
