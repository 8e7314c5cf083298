package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import picocli.CommandLine.Option;

/** The flags that say what becomes of files that a host had better not take from a guest just like that. */
final class PolicyOptions {
    @Option(
            names = "--sync-links",
            paramLabel = "skip|keep|refuse",
            defaultValue = "skip",
            description = {
                "Links that point out of the folder, as those of a Python venv do. skip: they stay in the guest, with a warning;"
                        + " keep: they come back as they are; refuse: they are a failure. (default: ${DEFAULT-VALUE})"
            })
    private SyncPolicy.Links links;

    @Option(
            names = "--sync-setid",
            paramLabel = "skip|keep",
            defaultValue = "skip",
            description = {
                "Files with the setuid or setgid bit, as in a root file system. skip: they come back without it, with a"
                        + " warning; keep: with it. (default: ${DEFAULT-VALUE})"
            })
    private SyncPolicy.SetId setId;

    @Option(
            names = "--sync-git",
            paramLabel = "skip|keep",
            defaultValue = "skip",
            description = {
                "Hooks and configuration of a git repository (.git/hooks, .git/config), which git on this host would obey. skip:"
                        + " they stay in the guest, with a warning; keep: they come back. (default: ${DEFAULT-VALUE})"
            })
    private SyncPolicy.Git git;

    SyncPolicy policy(SyncPolicy.Conflicts conflicts) {
        return new SyncPolicy(links, setId, conflicts, git);
    }
}
