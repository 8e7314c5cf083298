package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.standby.StandbyMachines;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;

/**
 * {@code qemu-sh rehearse}: does what {@code run} does, in a machine that is none of the user's, so that Java can list the
 * classes of a run. The engine calls it behind a run when there is no such list.
 */
@Command(name = "rehearse", hidden = true, description = "Run a command as run does, unseen.")
final class RehearseCommand extends RunCommand {
    RehearseCommand(Console console) {
        super(console);
    }

    @Override
    Optional<RunDirectory> standing(RunRoot root, VmRequest request) throws IOException, InterruptedException {
        new StandbyMachines(root).count(request.image().manifest().name());
        return Optional.empty();
    }

    @Override
    RunDirectory directory(RunRoot root, String machine) throws IOException {
        return root.createHidden("rehearsal");
    }
}
