package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.sync.Excludes;
import io.jenkins.plugins.qemush.engine.sync.FolderMirror;
import io.jenkins.plugins.qemush.engine.task.GuestTasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Jenkins' temporary folders beside workspaces ({@code WORKSPACE@tmp}), where steps keep the files of credentials, askpass
 * helpers and the like for as long as they run.
 */
final class TemporaryFolders {
    /** Each task's control directory, which is brought by {@link GuestTasks}. */
    private static final Excludes CONTROL_DIRECTORIES = Excludes.of("durable-*");

    private final GuestShell shell;
    private final GuestTasks tasks;
    private final Map<List<String>, FolderMirror> mirrors = new HashMap<>();

    TemporaryFolders(GuestShell shell, GuestTasks tasks) {
        this.shell = shell;
        this.tasks = tasks;
    }

    /** Lets the guest have what is in these folders now, as this user. The guest is asked only when that has changed. */
    synchronized void toGuest(List<String> folders, String user) throws IOException, InterruptedException {
        for (String folder : folders) {
            FolderMirror mirror = mirrors.computeIfAbsent(
                    List.of(folder, user), key -> new FolderMirror(shell, user, Path.of(folder), CONTROL_DIRECTORIES));
            if (mirror.isStale()) {
                tasks.makePlaces(user, List.of(folder));
                mirror.push();
            }
        }
    }
}
