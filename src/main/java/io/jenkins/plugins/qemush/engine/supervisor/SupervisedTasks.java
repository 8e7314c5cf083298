package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.task.GuestTasks;
import io.jenkins.plugins.qemush.engine.task.TaskFiles;
import io.jenkins.plugins.qemush.engine.task.TaskObserver;
import io.jenkins.plugins.qemush.engine.task.TaskRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of Jenkins on a supervised machine: they show in its timeline and keep it from being idle. */
final class SupervisedTasks implements TaskObserver, AutoCloseable {
    private final Supervisor supervisor;
    private final Workspaces workspaces;
    private final GuestTasks tasks;
    /** The number of each running task's command, by its control directory. */
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();

    SupervisedTasks(Supervisor supervisor, Workspaces workspaces) {
        this.supervisor = supervisor;
        this.workspaces = workspaces;
        this.tasks = new GuestTasks(
                supervisor.vm(), this, supervisor.vm().directory().tasks());
    }

    /** Has a task launched once the guest is up. */
    void start(TaskRequest task, Optional<SharedFolder> folder) throws IOException, InterruptedException {
        supervisor.awaitReachable();
        tasks.start(task, folder.map(workspaces::around).orElse(TaskFiles.NONE));
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
    public void taskEnds(TaskRequest task, int status) {
        supervisor.use().commandEnds(numbers.remove(task.controlDirectory()), status);
    }

    @Override
    public void close() {
        tasks.close();
    }
}
