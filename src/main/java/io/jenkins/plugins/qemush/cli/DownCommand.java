package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh down}: ends machines and removes what they left. */
@Command(name = "down", description = "End machines and remove what they left, dead ones too.")
final class DownCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Parameters(paramLabel = "NAME", description = "The machines.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "All machines of this user.")
    private boolean all;

    @Override
    public Integer call() throws Exception {
        RunRoot root = RunRoot.ofUser();
        if (all == !names.isEmpty()) {
            throw new HostFailure("Which machines?", "Give their names, or --all.");
        }
        List<RunDirectory> directories = new ArrayList<>();
        for (String name : names) {
            directories.add(root.find(name));
        }
        for (RunDirectory directory : all ? root.list() : directories) {
            new ControlClient(directory).stop(PATIENCE);
        }
        return 0;
    }
}
