package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh exec}: runs a command in a machine that is up. */
@Command(
        name = "exec",
        description = "Run a command in a machine that is up.",
        footer = {"", "Example:", "  echo hello | qemu-sh exec -e LANG=C -w /tmp r -- wc -c"})
final class ExecCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "The machine.")
    private String name;

    @Parameters(index = "1..*", paramLabel = "COMMAND", description = "The command and its arguments.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--user", paramLabel = "USER", description = "Who runs it (default: the machine's user).")
    private String user;

    @Mixin
    private CommandOptions options = new CommandOptions();

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Override
    public Integer call() throws Exception {
        RunDirectory directory = RunRoot.ofUser().find(name);
        String who = Machines.user(directory, user);
        List<SharedFolder> shared = folders.folders(who);
        ControlClient client = new ControlClient(directory);
        GuestCommand command = options.command(words, who, shared);
        if (options.wantsTerminal(shared)) {
            return RawTerminal.run(client, command);
        }
        return client.run(
                command, shared, new GuestStreams(options.input(), StandardStreams.output(), StandardStreams.error()));
    }
}
