package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that bring a folder into the guest and back. */
final class FolderOptions {
    @Option(
            names = "--sync",
            paramLabel = "DIR[:GUESTDIR]",
            description = "A folder that the command finds in the guest, and runs in; its changes come back.")
    private String sync;

    @Option(
            names = "--sync-exclude",
            paramLabel = "PATTERN",
            description = "What travels in neither direction, for instance '.git/**'; repeatable.")
    private List<String> excludes = new ArrayList<>();

    @Option(
            names = "--sync-mode",
            defaultValue = "auto",
            description = "${COMPLETION-CANDIDATES}: by disk where host and guest can, else by tar.")
    private SyncMode mode;

    @Option(
            names = "--on-conflict",
            paramLabel = "warn|fail|overwrite",
            defaultValue = "warn",
            description = {
                "Files that the command changed and somebody here as well, meanwhile. warn: the guest's replaces the one here;"
                        + " fail: the one here stays, and that is a failure; overwrite: as warn, without a word. (default:"
                        + " ${DEFAULT-VALUE})"
            })
    private SyncPolicy.Conflicts conflicts;

    /** What a guest cannot do without; folders below them may be another matter. */
    private static final Set<String> NEEDED =
            Set.of("/", "/boot", "/lib", "/lib32", "/lib64", "/root", "/run", "/usr", "/usr/lib", "/var", "/var/lib");

    private static final Set<String> NEEDED_WITH_ALL_IN_IT =
            Set.of("/bin", "/dev", "/etc", "/proc", "/sbin", "/sys", "/usr/bin", "/usr/sbin");

    @Mixin
    private PolicyOptions policy = new PolicyOptions();

    /** The folder; at the same path in the guest unless told otherwise. */
    Optional<SharedFolder> folder(String user) throws HostFailure {
        if (sync == null) {
            return Optional.empty();
        }
        int colon = sync.lastIndexOf(":/");
        Path host = Path.of(colon < 0 ? sync : sync.substring(0, colon))
                .toAbsolutePath()
                .normalize();
        int mark = sync.lastIndexOf(':');
        if (!Files.isDirectory(host) && mark > 0 && Files.isDirectory(Path.of(sync.substring(0, mark)))) {
            throw new HostFailure(
                    "GUESTDIR must begin with /: " + sync.substring(mark + 1) + ".",
                    "Give the whole path: --sync " + sync.substring(0, mark) + ":/" + sync.substring(mark + 1));
        }
        if (!Files.isDirectory(host)) {
            throw new HostFailure("There is no folder " + host + ".", "Give --sync an existing folder.");
        }
        String guest = colon < 0 ? host.toString() : sync.substring(colon + 1);
        Path place = Path.of(guest).normalize();
        if (NEEDED.contains(place.toString()) || NEEDED_WITH_ALL_IN_IT.stream().anyMatch(place::startsWith)) {
            throw new HostFailure(
                    "The folder would hide " + place + " in the guest, which the guest needs to run commands.",
                    "Name another place: --sync " + host + ":/work");
        }
        return Optional.of(new SharedFolder(host, guest, user, excludes, mode, policy.policy(conflicts)));
    }
}
