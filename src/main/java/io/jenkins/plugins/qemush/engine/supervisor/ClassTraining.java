package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes the {@link ClassArchive}: a process of the lowest priority restores a machine, runs a command in it, and Java writes
 * down which classes that takes.
 */
final class ClassTraining {
    /** Those of programs that are gone; nobody knows which that are. */
    private static final Duration KEPT = Duration.ofDays(60);

    /** Names the main class of a program that is started by a script: what else it takes belongs into the archive, too. */
    private static final String PROGRAM = "qemush.program";

    /** The verb by which that program runs a command in a machine that is none of the user's. */
    private static final String REHEARSAL = "rehearse";

    /**
     * Has Java list its classes, makes the archive of them, and renames it when it is whole. An archive that Java writes at its
     * end would lack classes of old compilers, which picocli has (JDK-8261090).
     */
    private static final String SCRIPT =
            """
            list=$1 part=$2 file=$3 java=$4 classes=$5
            shift 5
            "$@" &&
                "$java" -Xshare:dump -XX:SharedClassListFile="$list" -XX:SharedArchiveFile="$part" -Xlog:disable -cp "$classes" &&
                mv "$part" "$file"
            rm -f "$list" "$part"
            """;

    private ClassTraining() {}

    /**
     * Starts the process unless there is an archive, or cannot be one. Takes a few milliseconds.
     *
     * @param request a machine that can be restored
     */
    static void startFor(VmRequest request) {
        SupervisorLauncher self = SupervisorLauncher.likeThisProcess();
        try {
            Optional<ClassArchive> archive = ClassArchive.of(self.java(), self.classPath(), System.getenv());
            if (archive.isEmpty()) {
                return;
            }
            if (archive.get().exists()) {
                archive.get().link();
            } else {
                start(self, archive.get().file(), request);
            }
        } catch (IOException e) {
            // The program starts as it did.
            System.getLogger(ClassTraining.class.getName()).log(System.Logger.Level.DEBUG, "no archive", e);
        }
    }

    private static void start(SupervisorLauncher self, Path file, VmRequest request) throws IOException {
        Path folder = Files.createDirectories(file.resolveSibling(""));
        removeOld(folder);
        Path order = Files.createTempFile(folder, "order-", ".json");
        EngineJson.write(order, request.anonymous("training").with(WarmMode.AUTO));
        String list = folder.resolve("." + UUID.randomUUID()).toString();
        List<String> command = new ArrayList<>(List.of("setsid", "nice", "-n", "19", "sh", "-c", SCRIPT, "qemu-sh"));
        command.addAll(List.of(list, list + ".jsa", file.toString(), self.java().toString(), self.classPath()));
        command.addAll(self.command(
                ClassTraining.class,
                order.toString(),
                List.of(
                        "-XX:DumpLoadedClassList=" + list,
                        "-Xlog:disable",
                        "-D" + PROGRAM + "=" + System.getProperty(PROGRAM, ""))));
        new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void removeOld(Path folder) throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(KEPT));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path old : files) {
                if (Files.isRegularFile(old) && Files.getLastModifiedTime(old).compareTo(limit) < 0) {
                    Files.deleteIfExists(old);
                }
            }
        }
    }

    /** @param arguments the file with the request, which is removed */
    public static void main(String[] arguments) throws IOException, InterruptedException, ReflectiveOperationException {
        Path order = Path.of(arguments[0]);
        VmRequest request = EngineJson.read(order, VmRequest.class);
        Files.deleteIfExists(order);
        String program = System.getProperty(PROGRAM, "");
        if (!program.isEmpty() && Files.isRegularFile(request.image().folder().resolve(Image.MANIFEST))) {
            String image = request.image().folder().toString();
            Method main = Class.forName(program).getMethod("main", String[].class);
            main.invoke(null, (Object) new String[] {REHEARSAL, "--image", image, "--", ":"});
        } else {
            restore(request);
        }
        System.exit(0);
    }

    private static void restore(VmRequest request) throws IOException, InterruptedException {
        OutputStream nowhere = OutputStream.nullOutputStream();
        GuestCommand command = GuestCommand.rootScript(":");
        try (Supervisor machine = Supervisor.open(request, RunRoot.ofUser().createHidden("training"), true)) {
            machine.boot();
            machine.execute(command, List.of(), GuestStreams.output(nowhere, nowhere));
        }
    }
}
