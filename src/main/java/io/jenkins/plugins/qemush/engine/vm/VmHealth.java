package io.jenkins.plugins.qemush.engine.vm;

import com.google.gson.JsonObject;
import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuProcess;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import io.jenkins.plugins.qemush.engine.vm.verdict.CrashDetector;
import io.jenkins.plugins.qemush.engine.vm.verdict.QemuComplaint;
import io.jenkins.plugins.qemush.engine.vm.verdict.QemuEnd;
import io.jenkins.plugins.qemush.engine.vm.verdict.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Watches one machine for evidence that it failed: console, QMP events, QEMU's exit, time limits. The first evidence
 * makes the verdict, once; QEMU is then ended, so that whoever waits for the guest wakes up and asks for it.
 */
final class VmHealth implements AutoCloseable {
    /** A trace follows the line that gives a crash away; it belongs into the excerpt. */
    private static final Duration TRACE = Duration.ofMillis(400);

    /** How long a lost connection waits for the evidence that explains it. */
    private static final Duration EVIDENCE = Duration.ofMillis(1200);

    private final ConsoleLog console;
    private final Timeline timeline;
    private final CrashDetector detector = new CrashDetector(this::crashed);
    private final CompletableFuture<QemuShException> failure = new CompletableFuture<>();
    private final ScheduledExecutorService executor;
    /** Null until there is one to watch. */
    private volatile QemuProcess qemu;

    private volatile String shutdownReason = "";
    private volatile Verdict fatal;
    private volatile boolean stopping;

    VmHealth(ConsoleLog console, Timeline timeline, String name) {
        this.console = console;
        this.timeline = timeline;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "qemu-sh health " + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** From now on this QEMU is the machine's, and its end is the machine's. */
    void watch(QemuProcess machines) {
        qemu = machines;
        machines.exit().thenAccept(status -> later(Duration.ofMillis(100), () -> ended(status)));
    }

    /** Takes console text; on the console's thread. Nothing counts before {@link #watch}. */
    void consoleText(String text) {
        if (qemu != null) {
            detector.accept(text);
        }
    }

    /** Takes a QMP event; on the QMP client's thread. */
    void qmpEvent(JsonObject event) {
        if (qemu == null) {
            return;
        }
        switch (event.get("event").getAsString()) {
            case "SHUTDOWN" ->
                shutdownReason = event.getAsJsonObject("data").get("reason").getAsString();
            case "BLOCK_IO_ERROR" -> later(Duration.ZERO, () -> diskError(event.getAsJsonObject("data")));
            case "STOP" -> later(TRACE, this::paused);
            default -> {
                // Others (RTC_CHANGE, NIC_RX_FILTER_CHANGED, …) say nothing of health.
            }
        }
    }

    /** The machine fails after this time, unless it has ended by then. */
    void limit(Duration time, String sentence) {
        later(time, () -> fail(new GuestFailure(sentence, console.excerpt())));
    }

    private void crashed(Verdict verdict) {
        fatal = verdict;
        later(TRACE, () -> fail(new GuestFailure(verdict.sentence(), console.excerpt())));
    }

    private void ended(int status) throws IOException {
        fail(
                fatal != null
                        ? new GuestFailure(fatal.sentence(), console.excerpt())
                        : new QemuEnd(status, shutdownReason).explain(qemu, console));
    }

    private void diskError(JsonObject data) {
        String reason = data.has("reason") ? data.get("reason").getAsString() : "unknown";
        boolean full = data.has("nospace") && data.get("nospace").getAsBoolean();
        fail(new HostFailure(
                full
                        ? "The host's disk is full: QEMU cannot keep what the guest writes."
                        : "QEMU could not " + data.get("operation").getAsString() + " the guest's disk: " + reason
                                + ".",
                "Free space in " + qemu.scratch() + ", or name another place with --scratch."));
    }

    private void paused() throws IOException {
        if (qemu.isAlive()) {
            Optional<HostFailure> complaint = QemuComplaint.in(qemu.output());
            fail(
                    complaint.isPresent()
                            ? complaint.get()
                            : new GuestFailure("The machine was stopped from outside, over QMP.", console.tail()));
        }
    }

    private void fail(QemuShException reason) {
        if (!stopping && failure.complete(reason)) {
            timeline.add(Timeline.Kind.FAILED, reason.getMessage());
            qemu.kill();
        }
    }

    private interface Check {
        void run() throws IOException;
    }

    private void later(Duration delay, Check check) {
        try {
            executor.schedule(() -> guarded(check), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The machine was ended on purpose.
            System.getLogger(VmHealth.class.getName()).log(System.Logger.Level.TRACE, "not looked at", e);
        }
    }

    private void guarded(Check check) {
        try {
            check.run();
        } catch (IOException e) {
            fail(new HostFailure("The console log cannot be read: " + e.getMessage(), "Check the run directory.", e));
        }
    }

    /** The verdict, if there is one. */
    Optional<QemuShException> failure() {
        return Optional.ofNullable(failure.getNow(null));
    }

    /** Runs once the machine has failed; at once when it has already. */
    void onFailure(Consumer<QemuShException> listener) {
        failure.thenAccept(listener);
    }

    /**
     * The reason behind an exception that somebody got from the guest: the verdict, waiting a moment for it.
     *
     * @param otherwise what to say when the machine seems well
     */
    QemuShException explain(IOException symptom, String otherwise) throws IOException, InterruptedException {
        if (symptom instanceof QemuShException known && failure.getNow(null) == null) {
            return known;
        }
        if (stopping && !failure.isDone()) {
            return new HostFailure("The machine was ended.", "Whoever ended it did so on purpose.", symptom);
        }
        try {
            return failure.get(EVIDENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new GuestFailure(otherwise, console.excerpt(), symptom);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often the console said something that may explain a failed command. */
    int suspects() {
        return detector.suspects();
    }

    /** The last of these things when there were more than {@code before}. */
    Optional<Verdict> suspectAfter(int before) {
        return detector.suspectAfter(before);
    }

    /** From now on an end is what everybody wants. */
    void expectEnd() {
        stopping = true;
    }

    @Override
    public void close() {
        stopping = true;
        executor.shutdownNow();
    }
}
