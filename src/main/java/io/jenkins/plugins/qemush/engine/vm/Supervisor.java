package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Owns one machine and answers for it on the control socket, from start to end.
 *
 * <p>In a process of its own ({@link #main}) it outlives whoever asked for the machine; the command line's {@code run} has
 * one inside. Its lock on the run directory tells everybody that it lives.
 */
public final class Supervisor implements AutoCloseable {
    /** Of a command in the timeline, in characters. */
    private static final int LONGEST_TITLE = 200;

    private final Vm vm;
    private final FileChannel lockFile;
    private final Workspaces workspaces;
    private final SupervisedTasks tasks;
    private final CompletableFuture<Void> reachable = new CompletableFuture<>();
    private final CompletableFuture<Void> stopWanted = new CompletableFuture<>();
    private final AtomicInteger running = new AtomicInteger();
    private volatile long idleSince = System.nanoTime();
    private ControlServer server;

    private Supervisor(Vm vm, FileChannel lockFile) {
        this.vm = vm;
        this.lockFile = lockFile;
        this.workspaces = new Workspaces(vm);
        this.tasks = new SupervisedTasks(this, workspaces);
    }

    /**
     * Starts the machine and listens for clients; the guest boots while this returns.
     *
     * @param removeWhenOrphaned see {@link Vm#start}
     */
    public static Supervisor start(VmRequest request, RunDirectory directory, boolean removeWhenOrphaned)
            throws IOException, InterruptedException {
        FileChannel lockFile = FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(lockFile);
            Supervisor supervisor = new Supervisor(Vm.start(request, directory, removeWhenOrphaned), lockFile);
            supervisor.vm.onFailure(supervisor.reachable::completeExceptionally);
            supervisor.vm.onFailure(supervisor.tasks::fail);
            supervisor.server = ControlServer.listen(directory.controlSocket(), supervisor);
            return supervisor;
        } catch (IOException | InterruptedException e) {
            lockFile.close();
            throw e;
        }
    }

    /** Whoever asks {@link #isAlive} holds the lock for a moment. */
    private static void lock(FileChannel lockFile) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (lockFile.tryLock() != null) {
                return;
            }
            Thread.sleep(10);
        }
        throw new HostFailure("The machine has a supervisor already.", "Use another --name.");
    }

    /** Whether a run directory's supervisor lives, in whatever other process. */
    public static boolean isAlive(RunDirectory directory) throws IOException {
        // A shared lock: two who ask at once do not take each other for the supervisor.
        try (FileChannel channel = FileChannel.open(directory.lock(), StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Waits until commands can run, for the one thread that boots the machine. */
    public void boot() throws IOException, InterruptedException {
        try {
            vm.awaitReachable();
            idleSince = System.nanoTime();
            reachable.complete(null);
        } catch (IOException e) {
            reachable.completeExceptionally(e);
            throw e;
        }
    }

    /** Waits until the thread that boots the machine is done. */
    void awaitReachable() throws IOException, InterruptedException {
        try {
            reachable.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }

    public Vm vm() {
        return vm;
    }

    SupervisedTasks tasks() {
        return tasks;
    }

    /** What the machine does now, one word. */
    VmState state() {
        if (stopWanted.isDone()) {
            return VmState.STOPPING;
        }
        if (!reachable.isDone()) {
            return VmState.BOOTING;
        }
        return running.get() > 0 ? VmState.BUSY : VmState.REACHABLE;
    }

    /** Begins to bring a folder into the guest while that boots; {@link #execute} with it will find most done. */
    public void prepare(SharedFolder folder) {
        workspaces.prepare(folder);
    }

    /**
     * Runs a command in the guest; it shows in the timeline and keeps the machine from being idle.
     *
     * @param folder brought into the guest before, and back behind the command
     */
    public int execute(GuestCommand command, Optional<SharedFolder> folder, GuestStreams streams)
            throws IOException, InterruptedException {
        awaitReachable();
        commandStarts(title(command));
        int status = ControlAnswer.NO_STATUS;
        try {
            if (folder.isPresent()) {
                workspaces.toGuest(folder.get());
            }
            status = vm.run(command, streams);
            if (folder.isPresent()) {
                workspaces.toHost(folder.get());
            }
            return status;
        } finally {
            commandEnds(status);
        }
    }

    private static String title(GuestCommand command) {
        String line = ShellQuote.readable(command.arguments());
        return line.length() <= LONGEST_TITLE ? line : line.substring(0, LONGEST_TITLE) + "…";
    }

    void commandStarts(String title) {
        running.incrementAndGet();
        vm.timeline().add(Timeline.Kind.COMMAND, title);
    }

    void commandEnds(int status) {
        idleSince = System.nanoTime();
        running.decrementAndGet();
        String detail = status == ControlAnswer.NO_STATUS ? "no exit status" : "exit status " + status;
        vm.timeline().add(Timeline.Kind.COMMAND_END, detail);
    }

    /** Asks for the machine's end, at once when nobody can have used it yet. */
    void stop() {
        stopWanted.complete(null);
        if (!reachable.isDone()) {
            endQuietly();
        }
    }

    /** Waits until somebody asks for the end, nobody has for too long, or the machine fails. */
    private void awaitEnd() throws InterruptedException, QemuShException {
        Duration idle = vm.request().limits().idle();
        CompletableFuture<QemuShException> failed = new CompletableFuture<>();
        vm.onFailure(failed::complete);
        CompletableFuture<?> end = CompletableFuture.anyOf(stopWanted, failed);
        while (!end.isDone()) {
            long quiet = System.nanoTime() - idleSince;
            if (!idle.isZero() && running.get() == 0 && quiet > idle.toNanos()) {
                return;
            }
            try {
                end.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        if (failed.isDone()) {
            throw failed.join();
        }
    }

    /** Ends the machine; its run directory goes unless the request says to keep it. */
    @Override
    public void close() throws IOException {
        stopWanted.complete(null);
        try (FileChannel held = lockFile;
                ControlServer open = server) {
            tasks.close();
            vm.close();
        }
    }

    /**
     * Has a state made in the background, if this machine was booted for want of one. For the time behind its end, when it
     * takes no more processor time; not when a signal ended it.
     */
    public void makeStateForTheNext() throws InterruptedException {
        if (vm.wasBootedForWantOfAState()) {
            BackgroundMaker.startFor(vm.request());
        }
    }

    /**
     * The supervisor as a process of its own.
     *
     * @param arguments the run directory, with the request in it
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RunDirectory directory = new RunDirectory(Path.of(arguments[0]));
        int status = 0;
        try {
            supervise(directory);
        } catch (QemuShException e) {
            new FailureFile(directory).write(e);
            status = 1;
        }
        System.exit(status);
    }

    private static void supervise(RunDirectory directory) throws IOException, InterruptedException {
        VmRequest request = EngineJson.read(directory.request(), VmRequest.class);
        Supervisor supervisor = start(request, directory, false);
        Thread end = new Thread(supervisor::endOnExit, "qemu-sh shutdown");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            supervisor.boot();
            supervisor.awaitEnd();
        } catch (QemuShException e) {
            if (!supervisor.stopWanted.isDone()) {
                // The run directory stays, with the console log and the reason, until somebody has read it.
                // It is written down first: who hears of a failed task asks for it next.
                new FailureFile(directory).write(e);
                supervisor.tasks.fail(e);
                supervisor.vm.end();
                supervisor.stopWanted.complete(null);
                throw e;
            }
        }
        supervisor.close();
        supervisor.makeStateForTheNext();
    }

    /** On the way out; for the reader when it is a signal that ends this process. */
    private void endOnExit() {
        if (!stopWanted.isDone()) {
            try {
                new FailureFile(vm.directory())
                        .write(new HostFailure(
                                "The machine's supervisor was ended by a signal.", "Start the machine again."));
            } catch (IOException e) {
                System.getLogger(Supervisor.class.getName()).log(System.Logger.Level.WARNING, "no reason left", e);
            }
        }
        endQuietly();
    }

    private void endQuietly() {
        try {
            tasks.close();
            vm.end();
        } catch (IOException e) {
            System.getLogger(Supervisor.class.getName()).log(System.Logger.Level.WARNING, "not ended cleanly", e);
        }
    }
}
