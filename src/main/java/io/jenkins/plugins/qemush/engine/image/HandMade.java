package io.jenkins.plugins.qemush.engine.image;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.FileKind.Role;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ConsoleLogin;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.Disk;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.KeyPath;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files that somebody made without an {@code image.json}: a kernel, a disk, and what else the machine needs.
 *
 * @param arch a name or an alias of the machine table
 * @param user the user that commands run as
 */
public record HandMade(
        String arch,
        Path kernel,
        Path disk,
        Optional<Path> initrd,
        Optional<Path> dtb,
        Optional<Path> firmware,
        String user,
        MachineOverrides machine) {

    /** The user that images have unless they say otherwise. */
    public static final String DEFAULT_USER = "user";

    /** A kernel and a disk, all else as the machine table has it. */
    public static HandMade of(String arch, Path kernel, Path disk) {
        return new HandMade(
                arch,
                kernel,
                disk,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DEFAULT_USER,
                MachineOverrides.NONE);
    }

    /**
     * The image that these files are, where they lie. Nothing is hashed: that would cost seconds at every run.
     *
     * @param name how to call it
     * @throws HostFailure when a file is missing or unreadable, a file is known to be something else, the kernel to be
     *     of another architecture, or the disk is a damaged qcow2 file
     */
    public Image image(String name) throws HostFailure {
        if (!ManifestReader.isName(name)) {
            throw new HostFailure(
                    "\"" + name + "\" cannot be the name of an image.",
                    "Use a-z, 0-9, dot, dash and underscore, and begin with a letter or digit.");
        }
        String known = MachineTable.find(arch).name();
        ImageFile kernelFile = file("kernel", kernel);
        ImageFile diskFile = file("disk", disk);
        ImageManifest manifest = new ImageManifest(
                name,
                known,
                kernelFile,
                optionalFile("initrd", initrd),
                optionalFile("device tree", dtb),
                optionalFile("firmware", firmware),
                new Disk(diskFile, format(known)),
                user,
                ConsoleLogin.ROOT,
                List.of(KeyPath.CONSOLE),
                Optional.empty(),
                machine,
                "made by hand: " + kernel.getFileName() + ", " + disk.getFileName(),
                List.of());
        return new Image(disk.toAbsolutePath().getParent(), manifest);
    }

    /** Looks into the files. */
    private String format(String known) throws HostFailure {
        try {
            KernelFormat.require(kernel, known);
            FileKind.require(initrd, Role.INITRD);
            FileKind.require(dtb, Role.DTB);
            FileKind.require(firmware, Role.FIRMWARE);
            return DiskFormat.of(disk);
        } catch (HostFailure e) {
            throw e;
        } catch (IOException e) {
            throw new HostFailure(
                    "A file of the image cannot be read: " + IoReason.of(e) + ".",
                    "Check the files and their permissions.",
                    e);
        }
    }

    private static Optional<ImageFile> optionalFile(String role, Optional<Path> path) throws HostFailure {
        return path.isEmpty() ? Optional.empty() : Optional.of(file(role, path.get()));
    }

    private static ImageFile file(String role, Path path) throws HostFailure {
        Path absolute = path.toAbsolutePath();
        if (!Files.exists(absolute)) {
            throw new HostFailure("The " + role + " " + path + " does not exist.", "Check the path.");
        }
        if (Files.isDirectory(absolute)) {
            throw new HostFailure("The " + role + " " + path + " is a folder.", "Give a file in it.");
        }
        if (!Files.isRegularFile(absolute)) {
            throw new HostFailure("The " + role + " " + path + " is not a regular file.", "Give a file.");
        }
        if (!Files.isReadable(absolute)) {
            throw new HostFailure(
                    "The " + role + " " + path + " cannot be read: permission denied.",
                    "Make it readable for the user " + System.getProperty("user.name") + ".");
        }
        try {
            return new ImageFile(absolute.toString(), Optional.empty(), Files.size(absolute));
        } catch (IOException e) {
            throw new HostFailure(
                    "The " + role + " " + path + " cannot be read: " + IoReason.of(e) + ".", "Check the file.", e);
        }
    }
}
