package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuPrograms;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a supervisor as a process of its own, detached from this one: in a session of its own and without its
 * terminal, so that it lives on.
 *
 * @param java the Java program
 * @param classPath where the engine and its libraries are
 * @param environment set on top of this process' own
 */
public record SupervisorLauncher(Path java, String classPath, Map<String, String> environment) {
    /** It listens once its JVM is up: half a second, many on a loaded host. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A small JVM that starts fast: one garbage collector thread, the first compiler only. */
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms8m",
            "-Xmx48m",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=24m",
            "-XX:-UsePerfData");

    /** All jars of a folder, as the launcher of Java would find them, in an order that does not change. */
    public static String jarsOf(Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            found.forEach(jar -> jars.add(jar.toString()));
        }
        jars.sort(Comparator.naturalOrder());
        return String.join(File.pathSeparator, jars);
    }

    /** The Java that runs this process, with this process' class path. */
    public static SupervisorLauncher likeThisProcess() {
        return new SupervisorLauncher(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Map.of());
    }

    /**
     * Starts the supervisor of a machine and waits until it listens; the machine has its turn and boots by then or later.
     *
     * @throws io.jenkins.plugins.qemush.engine.failure.QemuShException the machine's failure when it ended before
     */
    public void launch(VmRequest request, RunDirectory directory) throws IOException, InterruptedException {
        EngineJson.write(directory.request(), request);
        Process process = launchBeside(SupervisorProcess.class, directory.path().toString(), directory.supervisorLog());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(directory.controlSocket())) {
            if (!process.isAlive()) {
                throw new FailureFile(directory).read();
            }
            if (System.nanoTime() > end) {
                process.destroyForcibly();
                throw new HostFailure(
                        "The machine's supervisor did not start within " + PATIENCE.toSeconds() + " s.",
                        "This host may be overloaded.");
            }
            Thread.sleep(5);
        }
    }

    /**
     * Starts one of the engine's programs, detached from this one.
     *
     * @param log takes what it prints; what is in there goes
     */
    public Process launchBeside(Class<?> main, String argument, Path log) throws IOException {
        QemuPrograms.requireSetsid();
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(command(main, argument));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The command line of one of the engine's programs. */
    List<String> command(Class<?> main, String argument) throws IOException {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(environment);
        Optional<ClassArchive> archive = ClassArchive.of(java, classPath, all);
        return command(main, argument, archive.map(ClassArchive::options).orElse(List.of()));
    }

    /** @param options more of them for Java */
    List<String> command(Class<?> main, String argument, List<String> options) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(SMALL);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName(), argument));
        return command;
    }
}
