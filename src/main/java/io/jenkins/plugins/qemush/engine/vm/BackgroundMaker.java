package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.image.store.NameLock;
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

    /** The machine must fit into memory that is free, and as much again must stay so. */
    private static final int MEMORY_FACTOR = 2;

    /**
     * What it keeps of its starter's environment. Variables by which others find, and end, what a build left running must not
     * lead to it: it serves the builds to come.
     */
    private static final Pattern ENVIRONMENT =
            Pattern.compile("PATH|HOME|USER|LANG|LC_.*|TMPDIR|JAVA_HOME|XDG_.*|QEMU_SH_.*");

    private BackgroundMaker() {}

    /** Starts the process, unless a state is there, none can be, or one is being made. Takes some milliseconds. */
    static void startFor(VmRequest request) throws InterruptedException {
        try {
            if (!WarmStart.isWanted(request) || !fitsIntoMemory(request)) {
                return;
            }
            SavedStates states = SavedStates.ofUser();
            Optional<NameLock> lock = states.tryLock();
            if (lock.isEmpty()) {
                return;
            }
            lock.get().close();
            start(request, states.root());
        } catch (IOException e) {
            // The next run finds no state and boots, as this one did.
            System.getLogger(BackgroundMaker.class.getName()).log(System.Logger.Level.DEBUG, "no state is made", e);
        }
    }

    private static boolean fitsIntoMemory(VmRequest request) throws IOException {
        long wanted = request.memory();
        return HostMemory.availableMegabytes() > wanted * MEMORY_FACTOR;
    }

    private static void start(VmRequest request, Path root) throws IOException {
        Path order = Files.createTempFile(root, "order-", ".json");
        EngineJson.write(order, request.anonymous("warm").with(WarmMode.AUTO));
        List<String> command = new ArrayList<>(List.of("setsid", "nice", "-n", "19"));
        command.addAll(SupervisorLauncher.likeThisProcess().command(BackgroundMaker.class, order.toString()));
        File log = root.resolve("maker.log").toFile();
        ProcessBuilder maker = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log)
                .redirectErrorStream(true);
        maker.environment().keySet().removeIf(name -> !ENVIRONMENT.matcher(name).matches());
        maker.start();
    }

    /** @param arguments the file with the request, which is removed */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Thread limit = new Thread(BackgroundMaker::endInTime, "qemu-sh maker's limit");
        limit.setDaemon(true);
        limit.start();
        Path order = Path.of(arguments[0]);
        VmRequest request = EngineJson.read(order, VmRequest.class);
        Files.deleteIfExists(order);
        StateMaker.makeUnlessBusy(request, SavedStates.ofUser());
    }

    private static void endInTime() {
        try {
            Thread.sleep(LONGEST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Not exit: whatever hangs could hang that, too. The guardian ends QEMU.
        Runtime.getRuntime().halt(1);
    }
}
