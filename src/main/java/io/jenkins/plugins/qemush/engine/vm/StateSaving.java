package io.jenkins.plugins.qemush.engine.vm;

import com.google.gson.JsonObject;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.vm.qemu.Accelerator;
import io.jenkins.plugins.qemush.engine.vm.qemu.MigrationStream;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuCommandLine;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuProcess;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuPurpose;
import io.jenkins.plugins.qemush.engine.vm.qemu.QmpClient;
import io.jenkins.plugins.qemush.engine.vm.qemu.WorkspaceDevice;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.vm.serial.RootConsole;
import io.jenkins.plugins.qemush.engine.vm.serial.SerialConsole;
import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import io.jenkins.plugins.qemush.engine.warm.Fingerprint;
import io.jenkins.plugins.qemush.engine.warm.RestoreWay;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.StateFolder;
import io.jenkins.plugins.qemush.engine.warm.StateManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Boots a machine without a key and saves it, with root's shell open on the console. */
public record StateSaving(SavedStates states, VmRequest request, RestoreWay way) {
    private static final Duration BOOT = Duration.ofMinutes(3);
    private static final Duration SAVE = Duration.ofMinutes(1);
    private static final Duration QUIT = Duration.ofSeconds(30);

    /** Nothing is saved onto a disk that this would fill. */
    private static final long SPARE_BYTES = 256L << 20;

    /**
     * The kernel takes new randomness into account only if its last seed is older than half its uptime, or than a minute
     * (drivers/char/random.c, crng_has_old_seed): a restored machine would else go on with what all of them know. So the
     * machine is left alone for as long as it had been up, and a little longer. When a timer of the kernel draws a number
     * meanwhile that was in vain, which {@link StateCheck} finds out.
     */
    private static final int LEAST_IDLE = 8;

    private static final int MOST_IDLE = 65;
    private static final int IDLE_MARGIN = 3;

    /** A host key older than this was made by a guest whose clock had not been set. */
    private static final long BEFORE_CLOCKS = 100_000_000;

    /** @param attempt from 1 on: each leaves the machine alone for longer */
    SavedState save(Fingerprint fingerprint, int attempt) throws IOException, InterruptedException {
        requireSpace();
        StateFolder folder = states.begin();
        RunDirectory directory = RunRoot.ofUser().createHidden("save");
        try {
            overlay(folder);
            if (request.hardware().workspaceDisk()) {
                WorkspaceDiskFile.createEmpty(directory.workspaceDisk());
            }
            StateManifest manifest = bootAndSave(folder, directory, fingerprint, attempt);
            Files.copy(directory.consoleLog(), folder.console());
            return states.seal(folder, manifest);
        } catch (IOException | InterruptedException e) {
            states.abandon(folder);
            throw e;
        } finally {
            directory.delete();
        }
    }

    private void requireSpace() throws IOException {
        Files.createDirectories(states.root());
        long needed = ((long) request.memory() << 20) + SPARE_BYTES;
        long free = Files.getFileStore(states.root()).getUsableSpace();
        if (free < needed) {
            throw new HostFailure(
                    "A saved state needs " + (needed >> 20) + " MB in " + states.root() + ", and " + (free >> 20)
                            + " MB are free.",
                    "Free space, or set QEMU_SH_HOME to another place.");
        }
    }

    private void overlay(StateFolder folder) throws IOException, InterruptedException {
        Image image = request.image();
        List<String> command = List.of(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-F",
                image.manifest().disk().format(),
                "-b",
                image.disk().toString(),
                folder.disk().toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("qemu-img failed: " + words.strip());
        }
    }

    private StateManifest bootAndSave(StateFolder folder, RunDirectory directory, Fingerprint fingerprint, int attempt)
            throws IOException, InterruptedException {
        Instant started = Instant.now();
        List<String> line = QemuCommandLine.build(
                request.anonymous("warm"), directory, QemuPurpose.save(folder, way), Accelerator.TCG);
        QemuProcess qemu = QemuProcess.start(line, directory, null, true);
        try {
            VmBoot boot = new VmBoot(request, directory, null, qemu, new Timeline(directory.events()), BOOT);
            boot.awaitSockets();
            try (SerialConsole console =
                            boot.connected(() -> SerialConsole.connect(directory.consoleSocket(), text -> {}));
                    QmpClient qmp = boot.connected(() -> QmpClient.connect(directory.qmpSocket(), event -> {}))) {
                Image image = request.image();
                RootConsole root = new RootConsole(
                        console,
                        new ConsoleLog(directory.consoleLog()),
                        image.manifest().console());
                if (!root.awaitPrompt(BOOT)) {
                    throw new IOException("the machine to be saved did not boot in time");
                }
                long bootMillis = Duration.between(started, Instant.now()).toMillis();
                WorkspaceDevice.plugLate(request, qmp);
                String hostKey = root.allowNobody(request.user(), BOOT);
                RootConsole.Savable savable = root.prepareToSave(BOOT);
                Thread.sleep(idle(savable.uptime()).multipliedBy(attempt).toMillis());
                migrate(qmp, folder);
                quit(qmp, qemu);
                if (way.isMapped()) {
                    Files.write(
                            folder.devices(),
                            MigrationStream.withoutUntouchedMemory(Files.readAllBytes(folder.devices())));
                }
                return new StateManifest(
                        fingerprint.digest(),
                        image.manifest().name(),
                        image.manifest().arch(),
                        way,
                        image.manifest().hostKey().orElse(hostKey),
                        image.manifest().hostKey().isEmpty() && isFresh(savable.keyMade(), started),
                        bootMillis,
                        Map.of());
            }
        } finally {
            qemu.end(Duration.ofSeconds(5));
        }
    }

    /** Ends QEMU, which writes the last of the disk by then. */
    private static void quit(QmpClient qmp, QemuProcess qemu) throws IOException, InterruptedException {
        try {
            qmp.execute("quit");
        } catch (IOException e) {
            // It may be gone before its answer is out; whether it ended well is told by its status.
            System.getLogger(StateSaving.class.getName()).log(System.Logger.Level.DEBUG, "no answer to quit", e);
        }
        int status;
        try {
            status = qemu.exit().get(QUIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("QEMU did not end within " + QUIT.toSeconds() + " s", e);
        }
        if (status != 0) {
            throw new IOException("QEMU ended with status " + status + " when the machine was saved");
        }
    }

    private static Duration idle(long uptime) {
        return Duration.ofSeconds(Math.max(LEAST_IDLE, Math.min(MOST_IDLE, uptime + IDLE_MARGIN)));
    }

    /** Whether the guest has made its host key just now, so that no two machines should have it. */
    private static boolean isFresh(long keyMade, Instant started) {
        return keyMade >= started.getEpochSecond() - 2 || keyMade < BEFORE_CLOCKS;
    }

    private void migrate(QmpClient qmp, StateFolder folder) throws IOException, InterruptedException {
        Restore.ignoreShared(qmp, way);
        qmp.execute("migrate-set-parameters", QmpClient.arguments(Map.of("max-bandwidth", 1L << 40)));
        qmp.execute("stop");
        // QEMU hands this to a shell.
        String target =
                "exec:umask 077; cat > " + ShellQuote.word(folder.devices().toString());
        qmp.execute("migrate", QmpClient.arguments(Map.of("uri", target)));
        long deadline = System.nanoTime() + SAVE.toNanos();
        String status = "";
        while (!status.equals("completed")) {
            if (status.equals("failed") || System.nanoTime() > deadline) {
                throw new IOException("QEMU could not save the machine: " + status);
            }
            Thread.sleep(20);
            JsonObject answer = qmp.execute("query-migrate").getAsJsonObject();
            status = answer.has("status") ? answer.get("status").getAsString() : "";
        }
    }
}
