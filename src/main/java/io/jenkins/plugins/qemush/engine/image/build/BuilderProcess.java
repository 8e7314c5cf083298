package io.jenkins.plugins.qemush.engine.image.build;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs the builder and hands on its lines; ends it with all its children when the thread is interrupted. */
final class BuilderProcess {
    /** The lines of a failure that are shown: the builder's own last words, and what its tools said before. */
    private static final int LAST_LINES = 12;

    /** For the builder to remove what it has unpacked. */
    private static final long MERCY_SECONDS = 10;

    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Consumer<String> listener;

    BuilderProcess(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Runs a command to its end and returns its exit code. */
    int run(List<String> command, Path folder) throws IOException, InterruptedException {
        Process process = start(command, folder);
        Thread reader = new Thread(() -> read(process), "image-builder-output");
        reader.setDaemon(true);
        reader.start();
        try {
            int code = process.waitFor();
            reader.join(TimeUnit.SECONDS.toMillis(MERCY_SECONDS));
            return code;
        } finally {
            end(process);
        }
    }

    private static Process start(List<String> command, Path folder) throws HostFailure {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            // Its standard input ends with this process, even when that is killed.
            builder.environment().put("QEMU_SH_BUILD_TIED", "yes");
            return builder.start();
        } catch (IOException e) {
            throw new HostFailure(
                    "The image builder cannot be started: " + e.getMessage() + ".",
                    "Install " + command.get(0) + ".",
                    e);
        }
    }

    /** What the builder said last, one line each. */
    synchronized String lastLines() {
        return String.join("\n", lastLines);
    }

    private void read(Process process) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
                listener.accept(line);
            }
        } catch (IOException e) {
            remember("(the rest of the output was lost: " + e.getMessage() + ")");
        }
    }

    private synchronized void remember(String line) {
        if (line.isBlank()) {
            return;
        }
        lastLines.addLast(line);
        if (lastLines.size() > LAST_LINES) {
            lastLines.removeFirst();
        }
    }

    /** A gentle signal first: the builder then removes its folders, some of them made by its user namespace. */
    private static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        boolean interrupted = false;
        try {
            process.waitFor(MERCY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
