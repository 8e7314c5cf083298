package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.sync.GuestCopy;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh cp}: copies between this host and a machine. */
@Command(
        name = "cp",
        description = "Copy a file or a folder into a machine that is up, or out of it.",
        footer = {"", "Examples:", "  qemu-sh cp ./program r:/tmp/", "  qemu-sh cp r:results ./results"})
final class CpCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "A path, or NAME:PATH in the machine NAME.")
    private String source;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "A path, or NAME:PATH; relative ones there from home.")
    private String target;

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "Whose files they become (default: the machine's user).")
    private String user;

    @Mixin
    private PolicyOptions policy = new PolicyOptions();

    private final Console console;

    CpCommand(Console console) {
        this.console = console;
    }

    /** One end of the copy. */
    private record End(String machine, String path) {
        /** A name of a machine has no slash, so {@code ./a:b} is a path. */
        static End parse(String text) {
            int colon = text.indexOf(':');
            boolean inMachine = colon > 0
                    && text.indexOf('/') != 0
                    && !text.substring(0, colon).contains("/");
            return inMachine ? new End(text.substring(0, colon), text.substring(colon + 1)) : new End(null, text);
        }

        boolean isGuest() {
            return machine != null;
        }
    }

    @Override
    public Integer call() throws Exception {
        End from = End.parse(source);
        End to = End.parse(target);
        if (from.isGuest() == to.isGuest()) {
            throw new HostFailure(
                    "One of the two must be in a machine: NAME:PATH.", "See which machines there are with: qemu-sh ps");
        }
        GuestCopy copy = copy(from.isGuest() ? from.machine() : to.machine());
        if (from.isGuest()) {
            copy.toHost(from.path(), Path.of(to.path()), policy.policy(SyncPolicy.Conflicts.OVERWRITE), console::warn);
        } else {
            copy.toGuest(existing(from.path()), to.path());
        }
        return 0;
    }

    private GuestCopy copy(String machine) throws IOException, InterruptedException {
        RunDirectory directory = RunRoot.ofUser().find(machine);
        return new GuestCopy(new ControlClient(directory), Machines.user(directory, user));
    }

    static Path existing(String path) throws HostFailure {
        if (!Files.exists(Path.of(path))) {
            throw new HostFailure("There is no file or folder " + path + ".", "Name one that exists.");
        }
        return Path.of(path);
    }
}
