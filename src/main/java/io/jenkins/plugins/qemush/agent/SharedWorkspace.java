package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The block's workspace, which the guest sees at the same path. A plain class: it is kept with the build. */
public final class SharedWorkspace implements Serializable {
    private static final long serialVersionUID = 1L;

    /** WorkspaceList.tempDir of Jenkins. */
    private static final String TEMPORARY_SUFFIX = "@tmp";

    /** Jenkins' own temporary folders, which dir('x') has inside the workspace: x@tmp. */
    private static final String TEMPORARY = "**/*@tmp/**";

    private final String path;
    private final SyncMode mode;
    private final String excludes;

    /** Null, as those that follow, in a build that began with an older version of this plugin. */
    private final SyncPolicy.Links links;

    private final SyncPolicy.SetId setId;
    private final SyncPolicy.Conflicts conflicts;
    private final SyncPolicy.Git git;

    /**
     * @param path on the agent
     * @param excludes Ant patterns of what does not travel, separated by commas
     * @param policy what becomes of what should not, or cannot, come back
     */
    public SharedWorkspace(String path, SyncMode mode, String excludes, SyncPolicy policy) {
        this.path = path;
        this.mode = mode;
        this.excludes = excludes;
        this.links = policy.links();
        this.setId = policy.setId();
        this.conflicts = policy.conflicts();
        this.git = policy.git();
    }

    /** Where it lies on the agent. */
    public String path() {
        return path;
    }

    /** Whether the guest has this directory of the agent: it is in the workspace, or in Jenkins' temporary folder beside that. */
    public boolean holds(String directory) {
        Path real = Path.of(directory).normalize();
        Path shared = Path.of(path).normalize();
        return real.startsWith(shared)
                || real.startsWith(shared.resolveSibling(shared.getFileName() + TEMPORARY_SUFFIX));
    }

    /** Where steps that run in a directory of the workspace keep their files: beside the workspace, and beside the directory. */
    List<String> temporary(String directory) {
        return Stream.of(path, directory)
                .distinct()
                .map(beside -> beside + TEMPORARY_SUFFIX)
                .toList();
    }

    SharedFolder forUser(String user) {
        List<String> patterns = Stream.concat(Stream.of(TEMPORARY), Arrays.stream(excludes.split(",")))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        return new SharedFolder(
                Path.of(path), path, user, patterns, mode, new SyncPolicy(links, setId, conflicts, git));
    }
}
