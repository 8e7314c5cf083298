package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.admission.MemoryShare;
import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import io.jenkins.plugins.qemush.engine.vm.StateMaker;
import io.jenkins.plugins.qemush.engine.vm.WarmStart;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes a saved state in a process of its own, once a machine that had to be booted has ended: nobody waits for it, it takes
 * only the processor time that nobody else wants, there is one of them at most for each user, and it ends after five
 * minutes, whatever happens. When it is killed its guardian ends its QEMU, and the next maker removes what it left.
 */
public final class BackgroundMaker {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /**
     * What it keeps of its starter's environment. Variables by which others find, and end, what a build left running must not
     * lead to it: it serves the builds to come.
     */
    private static final Pattern ENVIRONMENT =
            Pattern.compile("PATH|HOME|USER|LANG|LC_.*|TMPDIR|JAVA_HOME|XDG_.*|QEMU_SH_.*");

    private BackgroundMaker() {}

    /** Starts the process, unless a state is there, none can be, or one is being made. Takes some milliseconds. */
    public static void startFor(VmRequest request) throws InterruptedException {
        try {
            SavedStates states = SavedStates.ofUser();
            MakerLog log = MakerLog.of(states);
            Optional<String> against = reasonAgainst(request, states);
            if (against.isPresent()) {
                log.add(request, "not begun: " + against.get());
            } else {
                start(request, states.root(), log);
            }
        } catch (IOException e) {
            // The next run finds no state and boots, as this one did.
            System.getLogger(BackgroundMaker.class.getName()).log(System.Logger.Level.DEBUG, "no state is made", e);
        }
    }

    private static Optional<String> reasonAgainst(VmRequest request, SavedStates states)
            throws IOException, InterruptedException {
        Optional<String> none = WarmStart.reasonForNone(request);
        if (none.isPresent()) {
            return none;
        }
        Optional<NameLock> lock = states.tryLock();
        if (lock.isEmpty()) {
            return Optional.of("another is being made");
        }
        lock.get().close();
        return Optional.empty();
    }

    private static void start(VmRequest request, Path root, MakerLog log) throws IOException {
        Path order = Files.createTempFile(root, "order-", ".json");
        EngineJson.write(order, request.anonymous("warm").with(WarmMode.AUTO));
        List<String> command = new ArrayList<>(List.of("setsid", "nice", "-n", "19"));
        command.addAll(SupervisorLauncher.likeThisProcess().command(BackgroundMaker.class, order.toString()));
        ProcessBuilder maker = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .redirectErrorStream(true);
        maker.environment().keySet().removeIf(name -> !ENVIRONMENT.matcher(name).matches());
        maker.start();
    }

    /** @param arguments the file with the request, which is removed */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path order = Path.of(arguments[0]);
        VmRequest request = EngineJson.read(order, VmRequest.class);
        Files.deleteIfExists(order);
        SavedStates states = SavedStates.ofUser();
        MakerLog log = MakerLog.of(states);
        Thread limit = new Thread(() -> endInTime(request, log), "qemu-sh maker's limit");
        limit.setDaemon(true);
        limit.start();
        log.add(request, "begun");
        try {
            log.add(request, make(request, states));
        } catch (IOException e) {
            log.add(request, "failed: " + e.getMessage());
            throw e;
        }
    }

    /** Unless somebody waits for the memory that it would take. */
    private static String make(VmRequest request, SavedStates states) throws IOException, InterruptedException {
        Optional<MemoryShare> share = HostBudget.ofUser().takeSpare("a saved state", request.memory());
        if (share.isEmpty()) {
            return "given up: its memory is not free";
        }
        try (MemoryShare held = share.get()) {
            return StateMaker.makeUnlessBusy(request, states).isPresent() ? "made" : "given up";
        }
    }

    private static void endInTime(VmRequest request, MakerLog log) {
        try {
            Thread.sleep(LONGEST.toMillis());
            log.add(request, "not done within " + LONGEST.toMinutes() + " minutes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.getLogger(BackgroundMaker.class.getName()).log(System.Logger.Level.WARNING, "not told", e);
        } finally {
            // Not exit: whatever hangs could hang that, too. The guardian ends QEMU.
            Runtime.getRuntime().halt(1);
        }
    }
}
