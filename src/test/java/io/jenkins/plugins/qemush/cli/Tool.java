package io.jenkins.plugins.qemush.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command-line tool as a process of its own, with run directories of its own. */
final class Tool implements AutoCloseable {
    /** Long enough for a boot on the slowest host; a test that waits so long has failed. */
    private static final int MINUTES = 4;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    /** @param folder for run directories and whatever else the tool keeps */
    Tool(Path folder) {
        this.folder = folder;
        environment.put("QEMU_SH_RUN", folder.resolve("q").toString());
        environment.put("QEMU_SH_HOME", folder.resolve("home").toString());
        // Whoever tests a boot wants one, and no state made behind it.
        environment.put("QEMU_SH_WARM", "false");
    }

    Tool with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What a run of the tool ended with. */
    record Result(int status, String out, String err) {
        long lines() {
            return err.lines().count();
        }
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return runWithInput("", command(arguments));
    }

    Result runWithInput(String input, List<String> command) throws IOException, InterruptedException {
        return await(start(command), input);
    }

    Process start(String... arguments) throws IOException {
        return start(command(arguments));
    }

    Process start(List<String> command) throws IOException {
        Files.createDirectories(folder);
        // Behind nohup or & processes inherit deaf ears.
        List<String> hearing = new ArrayList<>(List.of("env", "--default-signal=HUP,INT"));
        hearing.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(hearing);
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Result await(Process process, String input) throws IOException, InterruptedException {
        StringBuilder err = new StringBuilder();
        Thread errors = new Thread(() -> {
            try {
                err.append(new String(process.getErrorStream().readAllBytes(), UTF_8));
            } catch (IOException e) {
                err.append(e);
            }
        });
        errors.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            // It ended without reading.
        }
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        errors.join();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + process.info().commandLine());
        }
        return new Result(process.exitValue(), out, err.toString());
    }

    /** The run directory of a machine. */
    Path runDirectory(String name) {
        return folder.resolve("q").resolve(name);
    }

    /** What is left of machines: run directories, and processes that know of them. */
    List<String> leftovers() throws IOException {
        Path root = folder.resolve("q");
        List<String> left = new ArrayList<>();
        if (Files.exists(root)) {
            try (Stream<Path> entries = Files.list(root)) {
                entries.map(Path::toString)
                        .filter(entry -> !entry.endsWith("/.memory"))
                        .forEach(left::add);
            }
        }
        qemus().forEach(process -> left.add(process.info().commandLine().orElse("?")));
        return left;
    }

    /** The QEMU processes of this tool's machines. */
    List<ProcessHandle> qemus() {
        String root = folder.resolve("q") + "/";
        return ProcessHandle.allProcesses()
                .filter(process -> program(process).contains("qemu-system-"))
                .filter(process -> commandLine(process).contains(root.replace(",", ",,")))
                .toList();
    }

    private static String program(ProcessHandle process) {
        return commandLine(process).split("\0", 2)[0];
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends what a failed test has left. */
    @Override
    public void close() throws Exception {
        if (Files.exists(folder.resolve("q"))) {
            run("down", "--all");
        }
    }
}
