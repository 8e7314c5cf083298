package io.jenkins.plugins.qemush.engine.task;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.guest.CookieKiller;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.guest.ScriptFile;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All tasks of one machine. Safe for use by several threads. */
public final class GuestTasks implements AutoCloseable {
    /**
     * The result of a task that has no exit status of its own. durable-task uses the same for a process that vanished;
     * no command can end with it, so {@code returnStatus} tells the two apart.
     */
    public static final int NO_STATUS = -1;

    private static final Duration CHECK = Duration.ofSeconds(1);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final GuestShell shell;
    private final TaskObserver observer;
    private final PendingTasks pending;
    private final Map<String, GuestTask> tasks = new ConcurrentHashMap<>();
    private final Set<List<String>> places = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService checks;
    private volatile QemuShException failure;

    /**
     * @param pending a folder to keep links to the control directories of running tasks in, for whoever must tell Jenkins
     *     when this process cannot
     */
    public GuestTasks(GuestShell shell, TaskObserver observer, Path pending) {
        this.shell = shell;
        this.observer = observer;
        this.pending = new PendingTasks(pending);
        this.checks = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "qemu-sh tasks");
            thread.setDaemon(true);
            return thread;
        });
        checks.scheduleWithFixedDelay(this::check, CHECK.toMillis(), CHECK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Has a command launched in the guest, and returns once the guest has all it needs for that: Jenkins begins to wait
     * then, and the launch alone would take half of its patience. Whatever happens from then on, the control directory
     * tells of it.
     *
     * @param files called around it
     * @throws QemuShException why it is not launched
     */
    public void start(TaskRequest request, TaskFiles files) throws IOException, InterruptedException {
        if (failure != null) {
            throw failure;
        }
        ControlDirectory control = ControlDirectory.of(request.controlDirectory());
        control.begin(request.capturesOutput());
        GuestTask task = new GuestTask(request, control, shell, files, observer::adviceOn);
        pending.add(task.id(), Path.of(request.controlDirectory()));
        tasks.put(task.id(), task);
        observer.taskStarts(request);
        task.concluded().thenAccept(status -> forget(task, status));
        boolean running = false;
        try {
            files.before();
            Path parent = PathParts.folder(Path.of(request.controlDirectory()));
            makePlaces(request.user(), List.of(request.directory(), parent.toString()));
            task.start();
            running = true;
            if (failure != null) {
                task.fail(failure);
            }
        } finally {
            if (!running) {
                task.concluded().complete(NO_STATUS);
            }
        }
    }

    /**
     * Makes directories for a user in the guest, once.
     *
     * @throws GuestFailure when the guest cannot make them
     */
    public void makePlaces(String user, List<String> directories) throws IOException, InterruptedException {
        List<String> place = new ArrayList<>(List.of(user));
        place.addAll(directories);
        if (places.contains(place)) {
            return;
        }
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        GuestCommand command = GuestCommand.rootScript(
                        ScriptFile.read(GuestTasks.class, "place.sh"), place.toArray(String[]::new))
                .inSharedShell();
        if (shell.run(command, GuestStreams.output(complaint, complaint)) != 0) {
            throw new GuestFailure(
                    "The guest cannot make the command's directories: "
                            + complaint.toString(StandardCharsets.UTF_8).strip(),
                    "");
        }
        places.add(place);
    }

    private void forget(GuestTask task, int status) {
        tasks.remove(task.id());
        try {
            pending.remove(task.id());
        } catch (IOException e) {
            // The run directory may be gone already.
            System.getLogger(GuestTasks.class.getName()).log(System.Logger.Level.DEBUG, "not forgotten", e);
        }
        observer.taskEnds(task.request(), status);
    }

    /**
     * Ends processes in the guest, as Jenkins' abort and timeout want it: TERM, and KILL to what is left after two
     * seconds. The tasks' own wrappers survive that and report the status. Those of a task that was only just asked for may
     * not be there yet, and are waited for.
     *
     * @param variable {@code NAME=value} in their environment, {@code JENKINS_SERVER_COOKIE=durable-…} for instance
     */
    public void kill(String variable) throws IOException, InterruptedException {
        CookieKiller killer = new CookieKiller(shell);
        while (!killer.kill(variable) && tasks.values().stream().anyMatch(GuestTask::isBeginning)) {
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }

    /** How many tasks Jenkins waits for. */
    public int running() {
        return tasks.size();
    }

    /** Ends all tasks, and those to come: the reason goes into their logs. */
    public void fail(QemuShException reason) {
        failure = reason;
        tasks.values().forEach(task -> task.fail(reason));
    }

    private void check() {
        for (GuestTask task : tasks.values()) {
            try {
                task.check();
            } catch (IOException | RuntimeException e) {
                System.getLogger(GuestTasks.class.getName()).log(System.Logger.Level.DEBUG, "not checked", e);
            }
        }
    }

    /** Ends all tasks because the machine is ended. */
    @Override
    public void close() {
        fail(new HostFailure(
                "The machine was ended while this command ran.", "Let the commands in it end before the machine."));
        checks.shutdownNow();
    }
}
