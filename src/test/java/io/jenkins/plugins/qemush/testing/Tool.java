package io.jenkins.plugins.qemush.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line as its users run it: a process of its own, with run directories of its own.
 *
 * @param runs the root of its run directories; short
 */
public record Tool(Path runs) {
    private static final int PATIENCE_SECONDS = 300;

    /** What a run of it left. */
    public record Result(int status, String out, String err) {}

    /** A run that is under way. */
    public record Running(Process process, CompletableFuture<String> out, CompletableFuture<String> err) {
        public Result await() throws InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + process.info());
            }
            return new Result(process.exitValue(), out.join(), err.join());
        }
    }

    /** One whose run directories are in a new folder. */
    public static Tool create() throws IOException {
        return new Tool(Files.createTempDirectory("qs"));
    }

    public Result run(String... arguments) throws IOException, InterruptedException {
        return start(Map.of(), List.of(), arguments).await();
    }

    /**
     * Starts it.
     *
     * @param environment set on top of this process' own
     * @param wrapper put before the command line
     */
    public Running start(Map<String, String> environment, List<String> wrapper, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add("io.jenkins.plugins.qemush.cli.Main");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("QEMU_SH_RUN", runs.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(process, collect(process.getInputStream()), collect(process.getErrorStream()));
    }

    private static CompletableFuture<String> collect(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    try {
                        stream.transferTo(bytes);
                        text.complete(bytes.toString(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        text.completeExceptionally(e);
                    }
                },
                "tool output");
        thread.setDaemon(true);
        thread.start();
        return text;
    }

    /** All that is left of its machines: run directories, and processes that have one in their command line. */
    public List<String> remains() throws IOException {
        List<String> remains = new ArrayList<>();
        try (Stream<Path> directories = Files.list(runs)) {
            directories.map(Path::toString).forEach(remains::add);
        }
        ProcessHandle.allProcesses().forEach(process -> {
            String line = commandLine(process.pid());
            if (line.contains(runs.toString() + "/")) {
                remains.add(process.pid() + ": " + line);
            }
        });
        return remains;
    }

    /** The process ids of its QEMUs. */
    public List<Long> qemus() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> commandLine(pid).startsWith("qemu-system"))
                .filter(pid -> commandLine(pid).contains(runs.toString() + "/"))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
