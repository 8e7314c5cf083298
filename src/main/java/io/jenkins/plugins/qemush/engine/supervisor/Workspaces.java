package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.sync.GuestWorkspace;
import io.jenkins.plugins.qemush.engine.sync.PreparedWorkspace;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import io.jenkins.plugins.qemush.engine.sync.SyncReport;
import io.jenkins.plugins.qemush.engine.sync.WorkspaceDiskPort;
import io.jenkins.plugins.qemush.engine.task.TaskFiles;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The shared folders of one machine. The first gets the machine's workspace disk, others travel as tar. */
final class Workspaces {
    private final GuestShell shell;
    private final Supplier<Optional<WorkspaceDiskPort>> disk;
    private final Timeline timeline;
    private final Map<SharedFolder, CompletableFuture<PreparedWorkspace>> prepared = new HashMap<>();
    private final Map<SharedFolder, GuestWorkspace> entered = new HashMap<>();
    /** Which folder commands see at a place in the guest. What entered there before is hidden below it. */
    private final Map<Path, SharedFolder> seen = new HashMap<>();

    /**
     * @param disk the machine's empty disk for a workspace; asked when the first folder comes
     * @param timeline learns what travels
     */
    Workspaces(GuestShell shell, Supplier<Optional<WorkspaceDiskPort>> disk, Timeline timeline) {
        this.shell = shell;
        this.disk = disk;
        this.timeline = timeline;
    }

    /** Does the host's part of a folder's way into the guest, on a thread of its own: the guest may still boot. */
    synchronized CompletableFuture<PreparedWorkspace> prepare(SharedFolder folder) {
        Optional<WorkspaceDiskPort> free = prepared.isEmpty() ? disk.get() : Optional.empty();
        return prepared.computeIfAbsent(withoutPolicy(folder), wanted -> inBackground(wanted, free));
    }

    /** Each command may have a policy of its own for one and the same folder. */
    private static SharedFolder withoutPolicy(SharedFolder folder) {
        return folder.with(SyncPolicy.DEFAULT);
    }

    private static CompletableFuture<PreparedWorkspace> inBackground(
            SharedFolder folder, Optional<WorkspaceDiskPort> disk) {
        CompletableFuture<PreparedWorkspace> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(PreparedWorkspace.prepare(folder.spec(), disk));
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "qemu-sh workspace " + folder.host().getFileName());
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /**
     * Lets the guest see the folder as it is now on the host. Runs before a command.
     *
     * @throws HostFailure when the folder's place in the guest is within that of another folder, or around it
     */
    synchronized void toGuest(SharedFolder folder) throws IOException, InterruptedException {
        demandOwnPlace(folder);
        SharedFolder wanted = withoutPolicy(folder);
        if (wanted.equals(seen.get(folder.place()))) {
            SyncReport report = entered.get(wanted).push();
            tell(Timeline.Kind.FILES_IN, folder, report);
            return;
        }
        long start = System.nanoTime();
        // One that was hidden enters once more, above the other; the machine's disk is mounted below.
        PreparedWorkspace ready = entered.containsKey(wanted)
                ? PreparedWorkspace.prepare(folder.spec(), Optional.empty())
                : finished(folder);
        GuestWorkspace fresh = ready.enter(shell);
        entered.put(wanted, fresh);
        seen.put(folder.place(), wanted);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        SyncReport report = fresh.entered(took);
        tell(Timeline.Kind.FILES_IN, folder, report);
    }

    /** Files below the place of another folder would be hidden, and look as if the guest had deleted them. */
    private void demandOwnPlace(SharedFolder folder) throws HostFailure {
        for (SharedFolder other : seen.values()) {
            if (!folder.place().equals(other.place()) && folder.overlapsInGuest(other)) {
                throw new HostFailure(
                        "The folder " + folder.host() + " cannot be at " + folder.guestDirectory() + " in the guest: "
                                + other.host() + " is at " + other.guestDirectory()
                                + " there, since an earlier command.",
                        "Name another place (--sync DIR:GUESTDIR), or take another machine.");
            }
        }
    }

    /**
     * Brings what the guest changed back to the host. Runs behind a command, however it ended.
     *
     * @param warn hears, in a line for each kind, what did not come back, or not as it was, and should not have
     * @throws IOException when something should have come back and did not
     */
    void toHost(SharedFolder folder, Consumer<String> warn) throws IOException, InterruptedException {
        GuestWorkspace workspace;
        synchronized (this) {
            workspace = entered.get(withoutPolicy(folder));
        }
        SyncReport report = workspace.pull(folder.policy());
        tell(Timeline.Kind.FILES_OUT, folder, report);
        report.warnings().forEach(warn);
        report.demandSuccess();
    }

    private void tell(Timeline.Kind direction, SharedFolder folder, SyncReport report) {
        Map<Figure, Long> figures = Map.of(
                Figure.ENTRIES,
                (long) report.entries(),
                Figure.DELETED,
                (long) report.deleted(),
                Figure.BYTES,
                report.bytes(),
                Figure.MILLIS,
                report.took().toMillis());
        timeline.add(direction, folder.host() + ": " + report, figures);
    }

    /** The same around a task. */
    TaskFiles around(SharedFolder folder) {
        return new TaskFiles() {
            @Override
            public void before() throws IOException, InterruptedException {
                toGuest(folder);
            }

            @Override
            public void after(Consumer<String> warn) throws IOException, InterruptedException {
                toHost(folder, warn);
            }
        };
    }

    private PreparedWorkspace finished(SharedFolder folder) throws IOException, InterruptedException {
        try {
            return prepare(folder).get();
        } catch (ExecutionException e) {
            // What was in the way may be gone when the next command comes.
            prepared.remove(withoutPolicy(folder));
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new CompletionException(e.getCause());
        }
    }
}
