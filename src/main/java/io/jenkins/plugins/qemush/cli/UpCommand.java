package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.standby.StandbyMachines;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLauncher;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qemu-sh up}: boots a machine that stays, and prints its name. */
@Command(
        name = "up",
        description = "Boot a machine that stays; prints its name.",
        footer = {
            "",
            "Examples:",
            "  qemu-sh up --arch riscv64 --name r --idle-timeout 3600",
            "  qemu-sh exec r -- uname -a",
            "  qemu-sh down r"
        })
final class UpCommand implements Callable<Integer> {
    /** For the end of a machine that failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private MachineOptions machine = new MachineOptions();

    @Option(
            names = {"-d", "--no-wait"},
            description = "Return while the guest boots.")
    private boolean noWait;

    private final Console console;

    UpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        VmRequest request = machine.request(console, true);
        RunRoot root = RunRoot.ofUser();
        Optional<RunDirectory> standing =
                machine.isNamed() ? Optional.empty() : new StandbyMachines(root).take(request, false);
        if (standing.isPresent()) {
            System.out.println(standing.get().name());
            return 0;
        }
        RunDirectory directory = root.create(request.name());
        try {
            SupervisorLauncher.likeThisProcess().launch(request, directory);
            if (!noWait) {
                new ControlClient(directory).awaitReachable(console::info);
            }
        } catch (IOException e) {
            discard(request, directory);
            throw e;
        }
        System.out.println(directory.name());
        return 0;
    }

    private void discard(VmRequest request, RunDirectory directory) throws IOException, InterruptedException {
        if (request.storage().keep()) {
            console.info("kept: " + directory.path());
        } else {
            new ControlClient(directory).stop(PATIENCE);
        }
    }
}
