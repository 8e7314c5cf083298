package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that bring folders into the guest and back. */
final class FolderOptions {
    @Option(
            names = "--sync",
            paramLabel = "DIR[:GUESTDIR]",
            description =
                    "A folder that the command finds in the guest; its changes come back. Repeatable: the command runs in"
                            + " the first one.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--sync-exclude",
            paramLabel = "PATTERN",
            description = "What travels in neither direction, for instance '.git/**'; repeatable.")
    private List<String> excludes = new ArrayList<>();

    @Option(
            names = "--sync-mode",
            defaultValue = "auto",
            description = "${COMPLETION-CANDIDATES}: the first folder by disk where host and guest can, else by tar.")
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

    /** The folders, in order; each with all the other flags. */
    List<SharedFolder> folders(String user) throws HostFailure {
        List<SharedFolder> folders = new ArrayList<>();
        for (String argument : arguments) {
            SyncArgument sync = SyncArgument.parse(argument);
            SharedFolder folder = new SharedFolder(
                    sync.host(), sync.guest(), user, excludes, modeAfter(folders), policy.policy(conflicts));
            for (SharedFolder other : folders) {
                other.demandApartFrom(folder);
            }
            folders.add(folder);
        }
        return folders;
    }

    /** The machine has one disk: only the first folder can be made to travel by it. */
    private SyncMode modeAfter(List<SharedFolder> others) {
        return mode == SyncMode.DISK && !others.isEmpty() ? SyncMode.AUTO : mode;
    }
}
