package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a folder as a squashfs with {@code mksquashfs}, uncompressed: the guest would only have to unpack it. */
final class SquashfsImage {

    private static final String PROGRAM = "mksquashfs";
    private static final List<String> OPTIONS = List.of(
            "-noI",
            "-noD",
            "-noF",
            "-noX",
            "-no-xattrs",
            "-no-duplicates",
            "-noappend",
            "-exit-on-error",
            "-no-progress",
            "-quiet");

    private SquashfsImage() {}

    /**
     * @param snapshot the folder's entries; decides what goes in when something is excluded
     * @param times what the guest is to see
     * @param image overwritten
     * @return its size, a multiple of 4096
     * @throws HostFailure when there is no usable {@code mksquashfs}, or it cannot read or write
     */
    static long write(WorkspaceSpec spec, HostSnapshot snapshot, WholeSeconds times, Path image)
            throws IOException, InterruptedException {
        try (Tail said = new Tail()) {
            run(spec, snapshot, times, image, said);
        }
        SquashfsTimes.set(image, times.moved());
        return Files.size(image);
    }

    private static void run(WorkspaceSpec spec, HostSnapshot snapshot, WholeSeconds times, Path image, Tail said)
            throws IOException, InterruptedException {
        boolean everything = spec.excludes().isEmpty();
        Process process = start(command(spec, image, everything), image);
        Thread listener = new Thread(() -> listen(process, said), "qemu-sh mksquashfs output");
        listener.setDaemon(true);
        listener.start();
        try {
            feed(process, everything, spec, snapshot, times);
        } catch (IOException e) {
            throw failure(said, listener, e);
        } finally {
            awaitEnd(process);
        }
        listener.join();
        if (process.exitValue() != 0) {
            throw failure(said, listener, null);
        }
    }

    /** Ends the program's input, behind a tar unless it reads everything by itself. An empty tar has an end, too. */
    private static void feed(
            Process process, boolean everything, WorkspaceSpec spec, HostSnapshot snapshot, WholeSeconds times)
            throws IOException {
        try (OutputStream input = process.getOutputStream()) {
            if (!everything) {
                new HostTar(spec.host(), snapshot, spec.owner(), times).write(snapshot.names(), input);
            }
        }
    }

    private static List<String> command(WorkspaceSpec spec, Path image, boolean everything) {
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.add(everything ? spec.host().toString() : "-");
        command.add(image.toAbsolutePath().toString());
        if (!everything) {
            command.add("-tar");
        }
        command.addAll(OPTIONS);
        command.addAll(List.of("-force-uid", String.valueOf(spec.owner().uid())));
        command.addAll(List.of("-force-gid", String.valueOf(spec.owner().gid())));
        return command;
    }

    private static Process start(List<String> command, Path image) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .directory(PathParts.folder(image).toFile())
                    .start();
        } catch (IOException e) {
            throw new HostFailure("mksquashfs cannot be run: " + e.getMessage(), "Install squashfs-tools.", e);
        }
    }

    private static void listen(Process process, Tail said) {
        try {
            process.getInputStream().transferTo(said);
        } catch (IOException e) {
            byte[] reason = e.toString().getBytes(StandardCharsets.ISO_8859_1);
            said.write(reason, 0, reason.length);
        }
    }

    private static void awaitEnd(Process process) throws InterruptedException {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static HostFailure failure(Tail said, Thread listener, IOException origin) throws InterruptedException {
        listener.join();
        return new HostFailure(
                "mksquashfs could not write the workspace's disk. It says: " + said,
                "Is every file in the workspace readable, and the disk not full? Tar works without this program.",
                origin);
    }
}
