package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.guest.GuestTerminal;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.sync.WorkspaceDiskPort;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuProcess;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Kind;
import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import io.jenkins.plugins.qemush.engine.vm.verdict.Verdict;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One machine, owned by this process: from QEMU's start to the last trace of it. The package description draws its
 * states.
 *
 * <p>Every failure that the guest, QEMU or a limit causes comes out of these methods as a {@link QemuShException} that
 * names the cause, whatever the first symptom was.
 */
public final class Vm implements AutoCloseable, GuestShell {
    private final VmRequest request;
    private final RunDirectory directory;
    private final Timeline timeline;
    private final Launch launch;
    private final VmHealth health;
    private final VmLinks links = new VmLinks();
    private final VmArrival arrival;
    private final Notices notices;
    private volatile long begun;
    private boolean ended;

    private Vm(VmRequest request, RunDirectory directory, Timeline timeline, boolean removeWhenOrphaned) {
        this.request = request;
        this.directory = directory;
        this.timeline = timeline;
        this.launch = new Launch(request, directory, timeline, removeWhenOrphaned);
        this.health = new VmHealth(consoleLog(), timeline, request.name());
        this.notices = new Notices(timeline);
        this.arrival = new VmArrival(request, directory, timeline, launch, links, health, notices);
    }

    /**
     * A machine that {@link #begin} starts.
     *
     * @param directory made for this machine; {@link #close} removes it unless the request says to keep it
     * @param removeWhenOrphaned whether the directory goes, too, when this process is killed
     */
    public static Vm create(VmRequest request, RunDirectory directory, boolean removeWhenOrphaned) throws IOException {
        if (!ImageManifest.isUserName(request.user())) {
            throw new HostFailure("\"" + request.user() + "\" is no name for a user.", ImageManifest.USER_NAMES);
        }
        if (request.hardware().workspaceDisk()) {
            WorkspaceDiskFile.createEmpty(directory.workspaceDisk());
        }
        return new Vm(request, directory, new Timeline(directory.events()), removeWhenOrphaned);
    }

    /** The saved state that there is for this machine, or is made for it if it insists. */
    public Optional<SavedState> stateToRestore() throws InterruptedException {
        return WarmStart.stateFor(request, timeline);
    }

    /** Starts QEMU; without a state to restore the guest boots. */
    public void begin(Optional<SavedState> state) throws IOException, InterruptedException {
        begun = System.nanoTime();
        launch.begin(state);
    }

    /**
     * Waits until commands can run.
     *
     * @throws QemuShException with the reason when that will never be
     */
    public void awaitReachable() throws IOException, InterruptedException {
        if (!arrival.restore()) {
            arrival.boot();
        }
        limitTotal(request.limits().total(), Duration.ofNanos(System.nanoTime() - begun));
    }

    /** The machine fails after this time from now on; zero for never. */
    public void limitTotal(Duration total) {
        limitTotal(total, Duration.ZERO);
    }

    private void limitTotal(Duration total, Duration spent) {
        if (!total.isZero()) {
            Duration left = total.minus(spent);
            health.limit(
                    left.isNegative() ? Duration.ZERO : left,
                    "The machine ran longer than its limit of " + total.toSeconds() + " s.");
        }
    }

    @Override
    public int run(GuestCommand command, GuestStreams streams) throws IOException, InterruptedException {
        int suspectsBefore = health.suspects();
        int status;
        try {
            status = links.ssh().run(command, streams);
        } catch (IOException e) {
            throw health.explain(e, links.silence(e));
        }
        Optional<QemuShException> failure = health.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (status != 0) {
            throwIfHurt(command, suspectsBefore);
        }
        return status;
    }

    /** Has the guest do once what its first command will: what runs the second time is translated already. */
    public void runOnce() throws IOException, InterruptedException {
        OutputStream nowhere = OutputStream.nullOutputStream();
        GuestCommand command = new GuestCommand(List.of("id"), request.user(), Map.of(), Optional.empty());
        run(command, GuestStreams.output(nowhere, nowhere));
    }

    /** A command that failed while the guest's kernel complained has that reason, not one of its own. */
    private void throwIfHurt(GuestCommand command, int suspectsBefore) throws IOException {
        Optional<Verdict> suspect = health.suspectAfter(suspectsBefore);
        if (suspect.isPresent() && !command.user().equals(GuestCommand.ROOT)) {
            throw new GuestFailure(suspect.get().sentence(), consoleLog().excerpt());
        }
    }

    /** Opens a terminal in the guest; {@code screen} takes what it shows. */
    public GuestTerminal terminal(GuestCommand command, String term, int columns, int rows, OutputStream screen)
            throws IOException, InterruptedException {
        return links.ssh().terminal(command, term, columns, rows, screen);
    }

    /** The reason behind an error on one of this machine's streams. */
    public QemuShException explain(IOException symptom) throws IOException, InterruptedException {
        return health.explain(symptom, links.silence(symptom));
    }

    /** Told once when the machine fails, on a thread of its own. */
    public void onFailure(Consumer<QemuShException> listener) {
        health.onFailure(listener);
    }

    /** Told, in a line, of what whoever waits for the machine should know; also of what was so before. */
    public void onNotice(Consumer<String> listener) {
        notices.listen(listener);
    }

    /** Where the workspace's disk is, and how the guest learns that it has grown. */
    public Optional<WorkspaceDiskPort> workspaceDisk() {
        return request.hardware().workspaceDisk() && Files.exists(directory.workspaceDisk())
                ? Optional.of(new WorkspaceDiskFile(directory.workspaceDisk(), links))
                : Optional.empty();
    }

    /** Whether this machine would have been restored, had there been a state. */
    public boolean wasBootedForWantOfAState() {
        return request.warm() == WarmMode.AUTO
                && launch.state().isEmpty()
                && health.failure().isEmpty()
                && links.wasReached();
    }

    /** Whether this machine came from a state, and was well. */
    public boolean wasRestored() {
        return launch.state().isPresent() && health.failure().isEmpty() && links.wasReached();
    }

    public VmRequest request() {
        return request;
    }

    public RunDirectory directory() {
        return directory;
    }

    public Timeline timeline() {
        return timeline;
    }

    public List<String> commandLine() {
        return launch.commandLine();
    }

    public ConsoleLog consoleLog() {
        return new ConsoleLog(directory.consoleLog());
    }

    /** Ends the machine and removes what it left, whatever state it is in. Does nothing the second time. */
    @Override
    public void close() throws IOException {
        end();
        if (!request.storage().keep()) {
            directory.delete();
        }
    }

    /** Ends the machine; its run directory stays. A second caller waits for the first to be done. */
    public synchronized void end() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        health.expectEnd();
        timeline.add(Kind.STOPPING, "");
        Optional<QemuProcess> qemu = launch.end();
        try {
            if (qemu.isPresent()) {
                endQemu(qemu.get());
            }
        } catch (InterruptedException e) {
            qemu.get().kill();
            Thread.currentThread().interrupt();
        } finally {
            health.close();
            links.close();
            timeline.add(Kind.GONE, "");
        }
    }

    private void endQemu(QemuProcess qemu) throws InterruptedException {
        if (health.failure().isPresent()) {
            qemu.end(Duration.ZERO);
        } else if (!request.storage().snapshot() && isReachable()) {
            links.powerOff(qemu);
        } else {
            links.quit(qemu);
        }
    }

    private boolean isReachable() {
        try {
            return links.ssh().isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
