package io.jenkins.plugins.qemush.engine.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The tasks that Jenkins waits for, as a folder of symbolic links to their control directories: a shell script can walk
 * it whatever characters the paths have. The machine's guardian does when its supervisor was killed.
 */
record PendingTasks(Path folder) {

    void add(String id, Path controlDirectory) throws IOException {
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve(id), controlDirectory);
    }

    void remove(String id) throws IOException {
        Files.deleteIfExists(folder.resolve(id));
    }
}
