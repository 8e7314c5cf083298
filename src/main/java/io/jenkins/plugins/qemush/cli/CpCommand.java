package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh cp}: copies between this host and a machine. */
@Command(
        name = "cp",
        description = "Copy files or folders into a machine that is up, or out of it.",
        footer = {
            "",
            "Examples:",
            "  qemu-sh cp ./program ./data r:/tmp/",
            "  qemu-sh cp r:results ./results",
            "  qemu-sh cp 'r:/tmp/*.log' .",
            "  qemu-sh cp r:/etc/passwd - | wc -l      - is standard input or output"
        })
final class CpCommand implements Callable<Integer> {
    @Parameters(
            arity = "2..*",
            paramLabel = "SOURCE",
            description =
                    "Sources, then the target: paths, or NAME:PATH in the machine NAME, where relative paths start"
                            + " from home and sources may have * ? [. A file of this host whose name has a colon: ./a:b.")
    private List<String> paths = new ArrayList<>();

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

        boolean isStream() {
            return !isGuest() && path.equals("-");
        }

        /** The home is where relative paths start. */
        String fromHome() {
            return path.equals("~") ? "." : path.startsWith("~/") ? "./" + path.substring(2) : path;
        }
    }

    @Override
    public Integer call() throws Exception {
        End to = End.parse(paths.get(paths.size() - 1));
        List<End> sources =
                paths.subList(0, paths.size() - 1).stream().map(End::parse).toList();
        boolean out = !to.isGuest();
        if (sources.stream().anyMatch(from -> from.isGuest() != out)) {
            throw new HostFailure(
                    "Either the target must be in a machine, NAME:PATH, or all sources.",
                    "See which machines there are with: qemu-sh ps. A file of this host with a colon: ./a:b");
        }
        for (End from : sources) {
            if (out) {
                copyOut(from, to, sources.size() > 1);
            } else {
                copyIn(from, to, sources.size() > 1);
            }
        }
        return 0;
    }

    private void copyIn(End from, End to, boolean several) throws IOException, InterruptedException {
        GuestFilePaths guest = guest(to.machine());
        String target = to.fromHome();
        if (from.isStream()) {
            guest.write(target, StandardStreams.input());
            return;
        }
        guest.copy().toGuest(existing(from.path()), several && !target.endsWith("/") ? target + "/" : target);
    }

    private void copyOut(End from, End to, boolean several) throws IOException, InterruptedException {
        GuestFilePaths guest = guest(from.machine());
        if (to.isStream()) {
            guest.read(from.fromHome(), StandardStreams.output());
            return;
        }
        List<String> found = guest.matching(from.fromHome());
        Path target = Path.of(to.path());
        if ((several || found.size() > 1) && !Files.isDirectory(target)) {
            throw new HostFailure(
                    "Several files need a folder to go to; " + target + " is none.", "Make it: mkdir " + target);
        }
        for (String path : found) {
            guest.copy().toHost(path, target, policy.policy(SyncPolicy.Conflicts.OVERWRITE), console::warn);
        }
    }

    private GuestFilePaths guest(String machine) throws IOException, InterruptedException {
        RunDirectory directory = RunRoot.ofUser().find(machine);
        return new GuestFilePaths(new ControlClient(directory), Machines.user(directory, user));
    }

    static Path existing(String path) throws HostFailure {
        if (!Files.exists(Path.of(path))) {
            throw new HostFailure("There is no file or folder " + path + ".", "Name one that exists.");
        }
        return Path.of(path);
    }
}
