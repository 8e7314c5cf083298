package io.jenkins.plugins.qemush.engine.vm.qemu;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.ScriptFile;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** QEMU under its guardian: the shell in {@code guardian.sh}, which ends it when this process dies. */
public final class QemuProcess {
    private static final String GUARDIAN = "guardian.sh";

    private static final String TEMPORARY = "TMPDIR";

    private final List<String> commandLine;
    private final Process guardian;
    private final Path log;
    private final String scratch;

    private QemuProcess(List<String> commandLine, Process guardian, Path log, String scratch) {
        this.commandLine = commandLine;
        this.guardian = guardian;
        this.log = log;
        this.scratch = scratch;
    }

    /**
     * Starts QEMU.
     *
     * @param removeWhenOrphaned whether the guardian removes the run directory when this process is killed; otherwise it
     *     leaves the reason there for whoever asks
     * @throws HostFailure when this host has no such QEMU
     */
    public static QemuProcess start(
            List<String> commandLine, RunDirectory directory, Path scratch, boolean removeWhenOrphaned)
            throws IOException {
        QemuPrograms.require(commandLine.get(0));
        List<String> line =
                new ArrayList<>(List.of("sh", "-c", ScriptFile.read(QemuProcess.class, GUARDIAN), "qemu-sh guardian"));
        line.add(directory.path().toString());
        line.add(removeWhenOrphaned ? "remove" : "tell");
        line.addAll(commandLine);
        File log = directory.qemuLog().toFile();
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log);
        if (scratch != null) {
            // Where QEMU puts the temporary file of -drive snapshot=on (block.c, get_tmp_filename).
            builder.environment().put(TEMPORARY, scratch.toString());
        }
        String place = builder.environment().getOrDefault(TEMPORARY, "/var/tmp");
        return new QemuProcess(commandLine, builder.start(), directory.qemuLog(), place);
    }

    /** The folder where QEMU keeps what a throw-away guest writes. */
    public String scratch() {
        return scratch;
    }

    public CompletableFuture<Integer> exit() {
        return guardian.onExit().thenApply(Process::exitValue);
    }

    public boolean isAlive() {
        return guardian.isAlive();
    }

    /** QEMU's own process, below the guardian. */
    public long pid() {
        return guardian.children()
                .filter(child -> child.info()
                        .command()
                        .map(c -> c.contains("qemu-system"))
                        .orElse(false))
                .findFirst()
                .map(ProcessHandle::pid)
                .orElse(guardian.pid());
    }

    /** The processor time that QEMU has had, which a busy host does not distort. */
    public Duration processorTime() {
        return ProcessHandle.of(pid())
                .flatMap(qemu -> qemu.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** What QEMU printed, for people. */
    public String output() throws IOException {
        return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8).strip() : "";
    }

    /** The command line as one would type it. */
    public String readable() {
        return ShellQuote.readable(commandLine);
    }

    /** Waits for QEMU to end by itself and, when it does not, makes it. */
    public void end(Duration patience) throws InterruptedException {
        if (!guardian.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            guardian.waitFor();
        }
    }

    /** Ends QEMU at once, through its guardian. */
    public void kill() {
        try (OutputStream pipe = guardian.getOutputStream()) {
            pipe.write("kill\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // Without a reader there is no guardian, and without a guardian no QEMU.
            System.getLogger(QemuProcess.class.getName()).log(System.Logger.Level.TRACE, "QEMU is gone", e);
        }
    }
}
