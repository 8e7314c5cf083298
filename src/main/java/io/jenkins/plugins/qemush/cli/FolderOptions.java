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
        if (!Files.isDirectory(host)) {
            throw new HostFailure("There is no folder " + host + ".", "Give --sync an existing folder.");
        }
        String guest = colon < 0 ? host.toString() : sync.substring(colon + 1);
        if (guest.matches("/*")) {
            throw new HostFailure(
                    "A folder cannot become the guest's root.", "Name a place below it: --sync " + sync + "work");
        }
        return Optional.of(new SharedFolder(host, guest, user, excludes, mode, policy.policy(conflicts)));
    }
}
