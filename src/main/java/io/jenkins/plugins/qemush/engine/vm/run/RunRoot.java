package io.jenkins.plugins.qemush.engine.vm.run;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folder of all run directories of one user: {@code $QEMU_SH_RUN}, else {@code $XDG_RUNTIME_DIR/qemu-sh}, else
 * {@code /tmp/qemu-sh-UID}.
 */
public record RunRoot(Path path) {

    /** The root of this process' user, made when missing. */
    public static RunRoot ofUser() throws IOException {
        String own = System.getenv("QEMU_SH_RUN");
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (own != null && !own.isEmpty()) {
            return at(Path.of(own).toAbsolutePath());
        }
        if (runtime != null && !runtime.isEmpty() && Files.isWritable(Path.of(runtime))) {
            return at(Path.of(runtime, "qemu-sh"));
        }
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return at(Path.of("/tmp/qemu-sh-" + uid));
    }

    /**
     * The root at a path, made when missing.
     *
     * @throws HostFailure when it belongs to somebody else, or others may write to it
     */
    public static RunRoot at(Path path) throws IOException {
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        makeParent(PathParts.folder(path));
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(ownerOnly));
        } catch (FileAlreadyExistsException e) {
            Object mine = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (!mine.equals(owner) || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || othersMayWrite(path)) {
                throw new HostFailure(
                        "The folder for run directories is not yours alone: " + path,
                        "Set QEMU_SH_RUN to a folder of your own that nobody else can write to; it may be a new one.",
                        e);
            }
        } catch (IOException e) {
            throw cannotBeMade(e);
        }
        return new RunRoot(path);
    }

    private static void makeParent(Path parent) throws HostFailure {
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw cannotBeMade(e);
        }
    }

    private static HostFailure cannotBeMade(IOException e) {
        return new HostFailure(
                "The folder for run directories cannot be made: " + e.getMessage(),
                "Set QEMU_SH_RUN to a folder that can be written to.",
                e);
    }

    private static boolean othersMayWrite(Path path) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** Makes the run directory of a new machine. */
    public RunDirectory create(String name) throws IOException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,40}")) {
            throw new HostFailure(
                    "\"" + name + "\" is no name for a machine.",
                    "Use letters, digits, . _ and -; at most 41 of them.");
        }
        return RunDirectory.create(path.resolve(name));
    }

    /**
     * Makes the run directory of a machine that is none of the user's. Those of processes that were killed go.
     *
     * @param purpose what the machine is for, in letters
     */
    public RunDirectory createHidden(String purpose) throws IOException {
        Path hidden = path.resolve("." + purpose + "-" + ProcessHandle.current().pid());
        for (RunDirectory directory : all(RunDirectory::isHidden)) {
            if (directory.path().equals(hidden) || isOfTheDead(directory)) {
                directory.delete();
            }
        }
        return RunDirectory.create(hidden);
    }

    private static boolean isOfTheDead(RunDirectory hidden) {
        String pid = hidden.name().replaceFirst(".*-", "");
        return pid.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    /** The run directory of a machine that was started. */
    public RunDirectory find(String name) throws IOException {
        Path directory = path.resolve(name).normalize();
        if (!path.equals(directory.getParent()) || !RunDirectory.isOne(directory)) {
            throw new HostFailure(
                    "There is no machine named \"" + name + "\".", "See which there are with: qemu-sh ps");
        }
        return new RunDirectory(directory);
    }

    /** Those of machines that were asked for; one that is being saved, or stands by, is none of them. */
    public List<RunDirectory> list() throws IOException {
        return all(directory -> !directory.isHidden() && !isStandby(directory));
    }

    /** Those of machines that stand by. */
    public List<RunDirectory> standing() throws IOException {
        return all(directory -> !directory.isHidden() && isStandby(directory));
    }

    public static boolean isStandby(RunDirectory directory) {
        return Files.exists(directory.standby());
    }

    private List<RunDirectory> all(Predicate<RunDirectory> wanted) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(RunDirectory::isOne)
                    .sorted()
                    .map(RunDirectory::new)
                    .filter(wanted)
                    .toList();
        }
    }
}
