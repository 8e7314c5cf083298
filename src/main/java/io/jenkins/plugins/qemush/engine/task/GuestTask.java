package io.jenkins.plugins.qemush.engine.task;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.guest.MarkedStream;
import io.jenkins.plugins.qemush.engine.guest.ScriptFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One task, on a thread of its own from its launch to its conclusion. The package's description draws the states.
 *
 * <p>How far the task's output has come is the size of the agent's files, and nothing else.
 */
final class GuestTask {
    /** For how long a guest that cannot be reached is asked again. Until then it may be a busy host's fault. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration RETRY = Duration.ofMillis(200);

    /** From the launch of a task's wrapper until that has launched the script: a tenth of it on a host that is not loaded. */
    private static final Duration BEGINNING = Duration.ofSeconds(3);

    private final TaskRequest request;
    private final ControlDirectory control;
    private final GuestShell shell;
    private final TaskFiles files;
    private final Function<String, Optional<String>> advice;
    private final String id = UUID.randomUUID().toString();
    private final CompletableFuture<Integer> concluded = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "qemu-sh task");
    private volatile boolean launched;
    private volatile long launchedAt;
    private volatile boolean abandoned;
    private volatile boolean bringingBack;

    /** @param advice what would help, by the last words of a task that failed */
    GuestTask(
            TaskRequest request,
            ControlDirectory control,
            GuestShell shell,
            TaskFiles files,
            Function<String, Optional<String>> advice) {
        this.request = request;
        this.control = control;
        this.shell = shell;
        this.files = files;
        this.advice = advice;
        thread.setDaemon(true);
    }

    String id() {
        return id;
    }

    TaskRequest request() {
        return request;
    }

    /** Done at the task's end, with what Jenkins is told. */
    CompletableFuture<Integer> concluded() {
        return concluded;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            conclude(bringBack(follow()));
        } catch (InterruptedException e) {
            if (abandoned) {
                killInGuest();
            }
        } catch (IOException | RuntimeException e) {
            fail(asFailure(e));
        } catch (OutOfMemoryError e) {
            // Whatever a guest sends, the step ends and says why.
            fail(new HostFailure(
                    "The machine's supervisor has too little memory for what the guest sent.",
                    "Share fewer files with the guest.",
                    e));
        } finally {
            concluded.complete(GuestTasks.NO_STATUS);
        }
    }

    private TaskEnd follow() throws IOException, InterruptedException {
        long silentSince = System.nanoTime();
        while (true) {
            String marker = MarkedStream.freshMarker();
            String script = launched
                    ? TaskScript.following(control, id, marker)
                    : TaskScript.launching(request, control, id, marker);
            Attachment attachment = new Attachment(control, shell, request.user(), this::launched);
            try {
                return attachment.run(script, marker);
            } catch (IOException e) {
                if (attachment.wasHeard()) {
                    silentSince = System.nanoTime();
                } else if (System.nanoTime() - silentSince > PATIENCE.toNanos()) {
                    return TaskEnd.failed(asFailure(e));
                }
                System.getLogger(GuestTask.class.getName()).log(System.Logger.Level.DEBUG, "attaching again", e);
                Thread.sleep(RETRY.toMillis());
            }
        }
    }

    private void launched() {
        if (!launched) {
            launchedAt = System.nanoTime();
            launched = true;
        }
    }

    /** Whether the script may not run yet. */
    boolean isBeginning() {
        return !launched || System.nanoTime() - launchedAt < BEGINNING.toNanos();
    }

    private TaskEnd bringBack(TaskEnd end) throws InterruptedException {
        if (end.failure().isPresent()) {
            return end;
        }
        bringingBack = true;
        try {
            advise(end);
            files.after(this::warn);
            return end;
        } catch (IOException e) {
            return end.but(asFailure(e));
        } finally {
            bringingBack = false;
        }
    }

    private void advise(TaskEnd end) {
        if (end.status() == 0) {
            return;
        }
        try {
            advice.apply(control.lastWords()).ifPresent(this::warn);
        } catch (IOException e) {
            // Jenkins may have removed the files; the status is what counts.
            System.getLogger(GuestTask.class.getName()).log(System.Logger.Level.DEBUG, "no advice", e);
        }
    }

    private void warn(String line) {
        try {
            control.warn(line);
        } catch (IOException e) {
            // The result will not be written either, which is told.
            System.getLogger(GuestTask.class.getName()).log(System.Logger.Level.DEBUG, "not warned: " + line, e);
        }
    }

    /** Looks after the agent's side, every second or so. */
    void check() throws IOException {
        if (control.isGone()) {
            abandon();
        } else if (bringingBack) {
            // The guest's task is over and says no more that it lives, but the step is not.
            control.touchLog();
        }
    }

    /** Ends the task in the guest without telling Jenkins, which waits no more. */
    void abandon() {
        if (!abandoned) {
            abandoned = true;
            interrupt();
        }
    }

    /** Ends the task for Jenkins: the reason goes to its log. Does nothing once it is over. */
    void fail(QemuShException reason) {
        conclude(TaskEnd.failed(reason));
        interrupt();
    }

    private void conclude(TaskEnd end) {
        try {
            if (end.failure().isPresent()) {
                control.note(end.failure().get());
            }
            control.conclude(end.status());
            concluded.complete(end.status());
        } catch (IOException e) {
            // Jenkins notices by itself that the log is not touched any more.
            System.getLogger(GuestTask.class.getName())
                    .log(System.Logger.Level.ERROR, "no result can be written to " + control.path(), e);
        }
    }

    private void interrupt() {
        if (thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }

    private void killInGuest() {
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        String mark = TaskScript.MARK + "=" + id;
        try {
            String script = ScriptFile.read(GuestTask.class, "abandon.sh");
            shell.run(
                    GuestCommand.rootScript(script, mark, request.controlDirectory()),
                    GuestStreams.output(complaint, complaint));
        } catch (IOException e) {
            System.getLogger(GuestTask.class.getName())
                    .log(System.Logger.Level.WARNING, "not killed: " + complaint.toString(StandardCharsets.UTF_8), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static QemuShException asFailure(Exception e) {
        return e instanceof QemuShException known
                ? known
                : new HostFailure(
                        "The command's run cannot be followed: " + e.getMessage(),
                        "See supervisor.log in the machine's run directory.",
                        e);
    }
}
