package io.jenkins.plugins.qemush.engine.image;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.KeyPath;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image that is at hand: its manifest and the folder that its files lie in.
 *
 * @param folder absolute; the files of a hand-made pair may lie elsewhere, their paths are then absolute
 */
public record Image(Path folder, ImageManifest manifest) {

    /** The file that makes a folder an image. */
    public static final String MANIFEST = "image.json";

    /** A manifest with a thousand packages has 50 kB; what is larger is no manifest. */
    public static final int MAX_MANIFEST = 4 << 20;

    /**
     * The image in a folder: its manifest is read, its files are there and have their sizes; digests are not compared.
     *
     * @throws HostFailure when the folder holds no image, or not all of it
     */
    public static Image open(Path folder) throws HostFailure {
        Image image = read(folder);
        for (String role : image.manifest.files().keySet()) {
            image.requireWhole(role);
        }
        return image;
    }

    /**
     * The image in a folder, as its manifest tells; nobody has looked for its files.
     *
     * @throws HostFailure when the folder holds no manifest, or not a valid one
     */
    public static Image read(Path folder) throws HostFailure {
        Path file = folder.resolve(MANIFEST);
        try {
            // First of all: the store replaces an image by turning a link to another folder.
            Path real = folder.toRealPath();
            file = real.resolve(MANIFEST);
            if (Files.size(file) > MAX_MANIFEST) {
                throw new HostFailure(file + " is far too large for a manifest.", "Get the image again.");
            }
            return new Image(real, ImageManifest.read(Files.readString(file), file.toString()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new HostFailure(
                    folder + " holds no image: it has no " + MANIFEST + ".",
                    "Give the folder that " + MANIFEST + " lies in, or the image's name.",
                    e);
        } catch (HostFailure e) {
            throw e;
        } catch (IOException e) {
            throw new HostFailure(
                    file + " cannot be read: " + IoReason.of(e) + ".", "Check that it is a readable text file.", e);
        }
    }

    public Path kernel() {
        return resolve(manifest.kernel());
    }

    public Optional<Path> initrd() {
        return manifest.initrd().map(this::resolve);
    }

    public Optional<Path> dtb() {
        return manifest.dtb().map(this::resolve);
    }

    public Optional<Path> firmware() {
        return manifest.firmware().map(this::resolve);
    }

    public Path disk() {
        return resolve(manifest.disk().file());
    }

    public boolean takesKeyBy(KeyPath way) {
        return manifest.keyPaths().contains(way);
    }

    /** The row of the machine table with this image's own columns in it. */
    public Machine machine() throws HostFailure {
        return MachineTable.find(manifest.arch()).with(manifest.machine());
    }

    /** Where a file of this image's manifest lies. */
    public Path resolve(ImageFile file) {
        return folder.resolve(file.path());
    }

    /**
     * Refuses an image whose manifest knows its disk's content: a guest that wrote to it would damage the image for all.
     */
    public void requireChangeableDisk() throws HostFailure {
        if (manifest.disk().file().sha256().isPresent()) {
            throw new HostFailure(
                    "The disk of the image " + manifest.name() + " must stay as its " + MANIFEST + " describes it.",
                    "Copy the image's files (qemu-sh image export), and give the copies: --arch, --kernel, --disk, --initrd.");
        }
    }

    /**
     * Looks into the files, as one does when an image arrives.
     *
     * @throws HostFailure when a file is known to be something else, the kernel to be of another architecture, or the disk is damaged, not of the format
     *     that the manifest tells, or in need of another file
     */
    public void requireSoundContent() throws IOException {
        KernelFormat.require(kernel(), manifest.arch());
        FileKind.require(initrd(), FileKind.Role.INITRD);
        FileKind.require(dtb(), FileKind.Role.DTB);
        FileKind.require(firmware(), FileKind.Role.FIRMWARE);
        DiskFormat.requireStandAlone(disk(), manifest.disk().format());
    }

    /**
     * What makes one doubt that the kernel boots: it is in none of the forms that are known. A sentence for people.
     *
     * @throws IOException when the kernel cannot be read
     */
    public Optional<String> doubtAboutKernel() throws IOException {
        return KernelFormat.of(FileHead.of(kernel())).isPresent()
                ? Optional.empty()
                : Optional.of("The kernel " + kernel() + " is in no form that is known for Linux kernels.");
    }

    /**
     * Refuses a file of this image that is missing, no regular file, outside its folder or of another size.
     *
     * @param role a key of {@link ImageManifest#files()}
     */
    public void requireWhole(String role) throws HostFailure {
        ImageFile file = manifest.files().get(role);
        Path path = resolve(file);
        String field = folder.resolve(MANIFEST) + ": the file of the field files." + role;
        try {
            if (!path.toRealPath().startsWith(folder)) {
                throw new HostFailure(
                        field + ", " + file.path() + ", is a link that leads out of the folder.",
                        "Put the file itself there.");
            }
            if (!Files.isRegularFile(path)) {
                throw new HostFailure(field + ", " + file.path() + ", is no regular file.", "Get the image again.");
            }
            long size = Files.size(path);
            if (size != file.size()) {
                throw new HostFailure(
                        field + ", " + file.path() + ", has " + size + " bytes instead of " + file.size() + ".",
                        "It is damaged: get the image again.");
            }
        } catch (NoSuchFileException e) {
            throw new HostFailure(field + ", " + file.path() + ", is missing.", "Get the image again.", e);
        } catch (HostFailure e) {
            throw e;
        } catch (IOException e) {
            throw new HostFailure(
                    field + ", " + file.path() + ", cannot be reached: " + IoReason.of(e) + ".",
                    "Check the permissions of the folder.",
                    e);
        }
    }
}
