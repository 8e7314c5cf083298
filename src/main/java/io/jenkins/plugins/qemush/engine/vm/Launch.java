package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.vm.qemu.Accelerator;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuCommandLine;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuProcess;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuPurpose;
import io.jenkins.plugins.qemush.engine.vm.request.Access;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The QEMU of one machine: one that restores a saved state, or one that boots. The first may be given up for the second,
 * once.
 */
final class Launch {
    /** Between what the saved machine had printed and what the restored one prints. */
    static final String RESTORED_LINE =
            "\r\n--- qemu-sh: restored from a saved state; above is what it printed before ---\r\n";

    private final VmRequest request;
    private final RunDirectory directory;
    private final Timeline timeline;
    private final boolean removeWhenOrphaned;
    private Optional<SavedState> state = Optional.empty();

    /** These are null until QEMU is started. */
    private OneTimeKey key;

    private List<String> commandLine;
    private Accelerator accelerator;
    private QemuProcess qemu;
    private boolean ended;

    Launch(VmRequest request, RunDirectory directory, Timeline timeline, boolean removeWhenOrphaned) {
        this.request = request;
        this.directory = directory;
        this.timeline = timeline;
        this.removeWhenOrphaned = removeWhenOrphaned;
    }

    /** Starts QEMU; without a state to restore the guest boots. */
    synchronized void begin(Optional<SavedState> saved) throws IOException, InterruptedException {
        requireNotEnded();
        state = saved;
        if (saved.isPresent()) {
            restore(saved.get());
        } else {
            boot();
        }
    }

    private void requireNotEnded() throws HostFailure {
        if (ended) {
            throw new HostFailure("The machine was ended.", "Whoever ended it did so on purpose.");
        }
    }

    private void restore(SavedState saved) throws IOException {
        StateFolder files = saved.files();
        Files.write(directory.consoleLog(), Files.readAllBytes(files.console()));
        Files.writeString(directory.consoleLog(), RESTORED_LINE, StandardOpenOption.APPEND);
        accelerator = Accelerator.TCG;
        run(QemuCommandLine.build(
                request, directory, QemuPurpose.restore(files, saved.manifest().way()), accelerator));
        // While QEMU starts.
        makeKey();
        commandLine = QemuCommandLine.build(request, directory, QemuPurpose.boot(key), accelerator);
    }

    private void boot() throws IOException, InterruptedException {
        makeKey();
        accelerator = Accelerator.choose(request.image().machine());
        commandLine = QemuCommandLine.build(request, directory, QemuPurpose.boot(key), accelerator);
        run(commandLine);
    }

    private void makeKey() throws IOException {
        if (key == null) {
            Access access = request.access();
            key = access.identity().isPresent()
                    ? OneTimeKey.of(access.identity().get(), access.publicKey().orElse(null))
                    : OneTimeKey.generate(directory.privateKey());
        }
    }

    private void run(List<String> line) throws IOException {
        Path scratch = request.storage().scratch().orElse(null);
        qemu = QemuProcess.start(line, directory, scratch, removeWhenOrphaned);
        timeline.add(Timeline.Kind.QEMU_STARTED, line.get(0));
    }

    /** Gives up to restore: the state goes, unless it was not its fault, and the machine is booted. */
    synchronized void bootInstead(SavedStates states, String reason) throws IOException, InterruptedException {
        requireNotEnded();
        qemu.end(Duration.ZERO);
        timeline.add(Timeline.Kind.BOOTED_INSTEAD, reason);
        states.discard(state.orElseThrow());
        state = Optional.empty();
        for (Path file : List.of(directory.consoleLog(), directory.consoleSocket(), directory.qmpSocket())) {
            Files.deleteIfExists(file);
        }
        boot();
    }

    /** From now on no other QEMU is started. Returns the one that was, if any. */
    synchronized Optional<QemuProcess> end() {
        ended = true;
        return Optional.ofNullable(qemu);
    }

    /** The state that is being restored; empty when the machine boots. */
    synchronized Optional<SavedState> state() {
        return state;
    }

    synchronized OneTimeKey key() {
        return key;
    }

    /** What boots this machine, as somebody would who wants to see it again; a restored one was started otherwise. */
    synchronized List<String> commandLine() {
        return commandLine;
    }

    synchronized Accelerator accelerator() {
        return accelerator;
    }

    synchronized QemuProcess qemu() {
        return qemu;
    }
}
