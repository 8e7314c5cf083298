package io.jenkins.plugins.qemush.engine.vm.run;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that is the handle of one machine: its sockets, keys and logs. Private to its user (mode 0700).
 *
 * @param path absolute; short, since a Unix socket's path has at most 107 bytes (unix(7))
 */
public record RunDirectory(Path path) {
    private static final int SOCKET_PATH_LIMIT = 106;

    /** Others may remove the directory, too, or add a last line to a log. */
    private static final int ATTEMPTS = 10;

    /** The longest name of a socket in here, with its slash. */
    private static final int LONGEST_SOCKET = "/console.sock".length();

    /**
     * Makes the directory.
     *
     * @throws HostFailure when there is one of that name, or when its path is too long for a socket
     */
    public static RunDirectory create(Path path) throws IOException {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length + LONGEST_SOCKET;
        if (length > SOCKET_PATH_LIMIT) {
            throw new HostFailure(
                    "The run directory's path is too long for a Unix socket: " + path,
                    "Set QEMU_SH_RUN to a short path, /tmp/q for instance.");
        }
        try {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            throw new HostFailure(
                    "There is a machine named \"" + path.getFileName() + "\" already.",
                    "Choose another --name, or end that one with: qemu-sh down " + path.getFileName(),
                    e);
        } catch (IOException e) {
            throw new HostFailure(
                    "The run directory cannot be made: " + e.getMessage(),
                    "Set QEMU_SH_RUN to a folder that can be written to.",
                    e);
        }
        RunDirectory directory = new RunDirectory(path);
        Files.createFile(directory.lock());
        return directory;
    }

    /** Whether a folder was made by {@link #create}: what else lies beside run directories is never touched. */
    static boolean isOne(Path folder) {
        return Files.isRegularFile(new RunDirectory(folder).lock());
    }

    /** Whether it was made by {@link RunRoot#createHidden}: the machine is none of the user's. */
    public boolean isHidden() {
        return name().startsWith(".");
    }

    public String name() {
        return PathParts.name(path).toString();
    }

    /** There while the machine stands by: see {@code Standby}. */
    public Path standby() {
        return path.resolve("standby");
    }

    /** What was asked for, as JSON. */
    public Path request() {
        return path.resolve("request.json");
    }

    /** What runs, as JSON: see {@link VmDescription}. */
    public Path description() {
        return path.resolve("vm.json");
    }

    public Path qmpSocket() {
        return path.resolve("qmp.sock");
    }

    public Path consoleSocket() {
        return path.resolve("console.sock");
    }

    /** Where a QEMU that restores a machine takes its state from. */
    public Path stateSocket() {
        return path.resolve("state.sock");
    }

    /** Where the supervisor listens. */
    public Path controlSocket() {
        return path.resolve("control.sock");
    }

    /** All that the guest printed on its serial console; QEMU writes it. */
    public Path consoleLog() {
        return path.resolve("console.log");
    }

    /** What QEMU itself printed. */
    public Path qemuLog() {
        return path.resolve("qemu.log");
    }

    /** What the supervisor printed. */
    public Path supervisorLog() {
        return path.resolve("supervisor.log");
    }

    public Path privateKey() {
        return path.resolve("id_ed25519");
    }

    public Path knownHosts() {
        return path.resolve("known_hosts");
    }

    public Path sshConfig() {
        return path.resolve("ssh_config");
    }

    /** The machine's timeline, one JSON object a line: see {@link Timeline}. */
    public Path events() {
        return path.resolve("events.jsonl");
    }

    /** Held locked by the supervisor for as long as it lives; there as long as the directory is. */
    public Path lock() {
        return path.resolve("qemu-sh.lock");
    }

    /** Links to what Jenkins waits for: see {@link io.jenkins.plugins.qemush.engine.task.GuestTasks}. */
    public Path tasks() {
        return path.resolve("tasks");
    }

    public Path workspaceDisk() {
        return path.resolve("workspace.img");
    }

    /**
     * Removes the directory and all in it. What is gone already does not matter, nor what comes meanwhile; a folder that is
     * no run directory is left alone, whoever named it.
     */
    public void delete() throws IOException {
        if (!isOne(path)) {
            return;
        }
        for (int attempt = 1; Files.isDirectory(path); attempt++) {
            try {
                deleteOnce();
            } catch (NoSuchFileException | DirectoryNotEmptyException | UncheckedIOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The lock goes last: until then the directory can be found and deleted again. */
    private void deleteOnce() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.filter(file -> !file.equals(path) && !file.equals(lock()))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(lock());
        Files.deleteIfExists(path);
    }
}
