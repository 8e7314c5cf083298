package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.task.GuestTasks;
import io.jenkins.plugins.qemush.engine.task.TaskFiles;
import io.jenkins.plugins.qemush.engine.task.TaskObserver;
import io.jenkins.plugins.qemush.engine.task.TaskRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of Jenkins on a supervised machine: they show in its timeline and keep it from being idle. */
final class SupervisedTasks implements TaskObserver, AutoCloseable {
    private final Supervisor supervisor;
    private final Workspaces workspaces;
    private final GuestTasks tasks;
    private final TemporaryFolders temporary;
    /** The number of each running task's command, by its control directory. */
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();

    SupervisedTasks(Supervisor supervisor, Workspaces workspaces) {
        this.supervisor = supervisor;
        this.workspaces = workspaces;
        this.tasks = new GuestTasks(
                supervisor.vm(), this, supervisor.vm().directory().tasks());
        this.temporary = new TemporaryFolders(supervisor.vm(), tasks);
    }

    /** Has a task launched once the guest is up, with its shared folder and Jenkins' temporary ones. */
    void start(TaskRequest task, Optional<SharedFolder> folder, List<String> folders)
            throws IOException, InterruptedException {
        bringTemporary(folders, task.user());
        tasks.start(task, folder.map(workspaces::around).orElse(TaskFiles.NONE));
    }

    /** Lets a user of the guest have what Jenkins' temporary folders have, once the guest is up. */
    void bringTemporary(List<String> folders, String user) throws IOException, InterruptedException {
        supervisor.awaitReachable();
        temporary.toGuest(folders, user);
    }

    /** Ends all processes in the guest that have this variable, {@code NAME=value}, in their environment. */
    void kill(String variable) throws IOException, InterruptedException {
        supervisor.awaitReachable();
        tasks.kill(variable);
    }

    /** Tells whoever waits for a task that the machine has failed. */
    void fail(QemuShException reason) {
        tasks.fail(reason);
    }

    @Override
    public void taskStarts(TaskRequest task) {
        String title = "sh (" + Path.of(task.controlDirectory()).getFileName() + ")";
        numbers.put(task.controlDirectory(), supervisor.use().commandStarts(title));
    }

    @Override
    public Optional<String> adviceOn(String lastWords) {
        return new ImageAdvice(supervisor.vm().request().image().manifest()).toJenkins(lastWords);
    }

    @Override
    public void taskEnds(TaskRequest task, int status) {
        supervisor.use().commandEnds(numbers.remove(task.controlDirectory()), status);
    }

    @Override
    public void close() {
        tasks.close();
    }
}
