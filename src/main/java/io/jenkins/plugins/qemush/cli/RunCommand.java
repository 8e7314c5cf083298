package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.standby.StandbyMachines;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import io.jenkins.plugins.qemush.engine.supervisor.Supervisor;
import io.jenkins.plugins.qemush.engine.sync.GuestCopy;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh run}: boots a machine, runs one command in it, and leaves nothing behind. */
@Command(
        name = "run",
        description = "Boot a machine, run a command in it, leave nothing behind.",
        footer = {
            "",
            "Examples:",
            "  qemu-sh run --arch aarch64 -- uname -m",
            "  qemu-sh run --arch s390x --sync . -- sh -c 'make && make check'",
            "  qemu-sh run --arch aarch64 --sync src --sync cache:/home/user/.cache -- make",
            "  qemu-sh run --arch armhf --kernel zImage --disk root.qcow2 --user shell id",
            "  qemu-sh run -v --arch riscv64 -- true     shows the QEMU command line, ready to paste"
        })
class RunCommand implements Callable<Integer> {
    @Mixin
    private MachineOptions machine = new MachineOptions();

    @Mixin
    private CommandOptions options = new CommandOptions();

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Parameters(paramLabel = "COMMAND", description = "The command and its arguments.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--upload",
            paramLabel = "PATH[:TARGET]",
            description = "A file or a folder to copy into the guest first, to the user's home by default; repeatable.")
    private List<String> uploads = new ArrayList<>();

    private final Console console;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        VmRequest request = machine.request(console, true);
        List<SharedFolder> shared = folders.folders(request.user());
        GuestCommand command = options.command(words, request.user(), shared);
        boolean onTerminal = options.wantsTerminal(shared);
        RunRoot root = RunRoot.ofUser();
        Optional<RunDirectory> standing = standing(root, request);
        if (standing.isPresent()) {
            return runIn(standing.get(), request, command, shared);
        }
        try (ForegroundMachine foreground = ForegroundMachine.open(request, directory(root, request.name()), console)) {
            Supervisor supervisor = foreground.supervisor();
            shared.forEach(supervisor::prepare);
            foreground.boot();
            upload(new GuestCopy(supervisor.vm(), request.user()));
            if (onTerminal) {
                return RawTerminal.run(new ControlClient(supervisor.vm().directory()), command);
            }
            return supervisor.execute(command, shared, streams());
        }
    }

    /** A machine that stood by, and is this command's now. */
    Optional<RunDirectory> standing(RunRoot root, VmRequest request) throws IOException, InterruptedException {
        return machine.isNamed() ? Optional.empty() : new StandbyMachines(root).take(request, true);
    }

    /** Where the machine is to be, if none stood by. */
    RunDirectory directory(RunRoot root, String machine) throws IOException {
        return root.create(machine);
    }

    private int runIn(RunDirectory standing, VmRequest request, GuestCommand command, List<SharedFolder> shared)
            throws IOException, InterruptedException {
        try (TakenMachine taken = new TakenMachine(standing, console)) {
            upload(new GuestCopy(taken.client(), request.user()));
            return options.wantsTerminal(shared)
                    ? RawTerminal.run(taken.client(), command)
                    : taken.client().run(command, shared, streams());
        }
    }

    private GuestStreams streams() {
        return new GuestStreams(options.input(), StandardStreams.output(), StandardStreams.error());
    }

    private void upload(GuestCopy copy) throws IOException, InterruptedException {
        for (String upload : uploads) {
            int colon = upload.lastIndexOf(':');
            boolean targeted = colon > 0 && !Files.exists(Path.of(upload));
            Path source = CpCommand.existing(targeted ? upload.substring(0, colon) : upload);
            copy.toGuest(source, targeted ? upload.substring(colon + 1) : "./");
        }
    }
}
