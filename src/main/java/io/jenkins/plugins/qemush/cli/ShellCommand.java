package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh shell}: a terminal in a machine that is up. */
@Command(name = "shell", description = "Open a terminal in a machine that is up.")
final class ShellCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "The machine.")
    private String name;

    @Parameters(index = "1..*", paramLabel = "COMMAND", description = "What to run instead of the login shell.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--user", paramLabel = "USER", description = "Who logs in (default: the machine's user).")
    private String user;

    @Override
    public Integer call() throws Exception {
        RunDirectory directory = RunRoot.ofUser().find(name);
        String who = Machines.user(directory, user);
        return RawTerminal.run(new ControlClient(directory), new GuestCommand(words, who, Map.of(), Optional.empty()));
    }
}
