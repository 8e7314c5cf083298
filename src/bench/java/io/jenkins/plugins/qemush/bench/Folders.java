package io.jenkins.plugins.qemush.bench;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import io.jenkins.plugins.qemush.engine.supervisor.Supervisor;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Folders into a guest and three changed files back: as a disk, and as tar and rsync over SSH do it. */
record Folders(List<Tree> trees) {
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    /** One folder's figures, medians in seconds. */
    record Tree(int files, int bytesEach, double disk, double back, double tar, double rsync) {}

    static Folders measure(Image image, int runs) throws Exception {
        return new Folders(List.of(tree(image, runs, 1_000, 50_000), tree(image, runs, 20_000, 4_000)));
    }

    private static Tree tree(Image image, int runs, int files, int bytesEach) throws Exception {
        Path folder = Files.createTempDirectory("bench-tree");
        fill(folder, files, bytesEach);
        double[][] figures = new double[4][runs];
        for (int run = 0; run < runs; run++) {
            System.err.println(files + " files, run " + (run + 1) + " of " + runs);
            measureOnce(image, folder, figures, run);
        }
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        Arrays.stream(figures).forEach(Arrays::sort);
        return new Tree(
                files,
                bytesEach,
                figures[0][runs / 2],
                figures[1][runs / 2],
                figures[2][runs / 2],
                figures[3][runs / 2]);
    }

    private static void measureOnce(Image image, Path folder, double[][] figures, int run) throws Exception {
        VmRequest request =
                VmRequest.of("bench-" + ProcessHandle.current().pid(), image).withWorkspaceDisk();
        RunDirectory directory = RunRoot.ofUser().create(request.name());
        SharedFolder shared = new SharedFolder(folder, folder.toString(), request.user(), List.of(), SyncMode.DISK);
        try (Supervisor machine = Supervisor.open(request, directory, true)) {
            // As run --sync does it: most of the work is done while the machine boots.
            machine.prepare(shared);
            machine.boot();
            execute(machine, List.of(), "true");
            double plain = execute(machine, List.of(), "true");
            figures[0][run] = execute(machine, List.of(shared), "true") - plain;
            figures[1][run] = execute(machine, List.of(shared), "for i in 1 2 3; do echo $i >f$i; done") - plain;
            String ssh = "ssh -F " + directory.sshConfig() + " " + directory.name();
            figures[2][run] = shell("tar -C " + folder + " -cf - . | " + ssh + " 'mkdir -p t && tar -C t -xf -'");
            figures[3][run] = shell(
                    "rsync -a -e 'ssh -F " + directory.sshConfig() + "' " + folder + "/ " + directory.name() + ":r/");
        }
    }

    private static double execute(Supervisor machine, List<SharedFolder> folders, String script) throws Exception {
        Optional<String> where = folders.stream().findFirst().map(SharedFolder::guestDirectory);
        GuestCommand command = new GuestCommand(List.of("sh", "-c", script), "user", Map.of(), where);
        Stopwatch watch = new Stopwatch();
        if (machine.execute(command, folders, GuestStreams.output(NOWHERE, NOWHERE)) != 0) {
            throw new IOException("failed: " + script);
        }
        return watch.seconds();
    }

    private static double shell(String line) throws IOException, InterruptedException {
        Stopwatch watch = new Stopwatch();
        if (new ProcessBuilder("sh", "-c", line).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + line);
        }
        return watch.seconds();
    }

    private static void fill(Path folder, int files, int bytesEach) throws IOException {
        Random random = new Random(1);
        byte[] content = new byte[bytesEach];
        for (int i = 0; i < files; i++) {
            Path sub = folder.resolve("d" + i / 100);
            Files.createDirectories(sub);
            random.nextBytes(content);
            Files.write(sub.resolve("f" + i), content);
        }
    }

    String table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%n%-24s %10s %14s %14s %14s", "folder", "disk s", "3 back s", "tar by ssh s", "rsync -a s"));
        for (Tree tree : trees) {
            String title = tree.files() + " files, " + (long) tree.files() * tree.bytesEach() / 1_000_000 + " MB";
            lines.add(String.format(
                    "%-24s %10.2f %14.2f %14.2f %14.2f", title, tree.disk(), tree.back(), tree.tar(), tree.rsync()));
        }
        return String.join(System.lineSeparator(), lines);
    }
}
