package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh ssh-config}: how other SSH programs reach a machine. */
@Command(
        name = "ssh-config",
        description = "Print the Host block that lets ssh, scp and rsync into a machine.",
        footer = {"", "Example:", "  qemu-sh ssh-config r > r.conf && rsync -e 'ssh -F r.conf' -a src/ r:src/"})
final class SshConfigCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The machine.")
    private String name;

    @Override
    public Integer call() throws Exception {
        RunDirectory directory = RunRoot.ofUser().find(name);
        new ControlClient(directory).awaitReachable();
        System.out.print(Files.readString(directory.sshConfig()));
        return 0;
    }
}
