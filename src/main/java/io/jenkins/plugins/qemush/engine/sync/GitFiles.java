package io.jenkins.plugins.qemush.engine.sync;

import java.util.regex.Pattern;

/**
 * The files by which a git repository has {@code git} run programs: its hooks, and its configuration (githooks(5); core.fsmonitor,
 * core.sshCommand, filter.* and more in git-config(1)). Whoever runs git in a folder runs what they say.
 */
final class GitFiles {
    /** Also of submodules and worktrees; and {@code .git} itself where it is a file or a link, which names another repository. */
    private static final Pattern PROGRAMS = Pattern.compile(
            "(?:.*/)?\\.git(?:/(?:(?:modules|worktrees)/.*/)?(?:config|config\\.worktree|hooks(?:/.*)?))?",
            Pattern.DOTALL);

    private GitFiles() {}

    /** @param name of a file or a link, relative to the shared folder, in the form of {@link RawName} */
    static boolean runPrograms(String name) {
        return PROGRAMS.matcher(name).matches();
    }
}
