package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.IoReason;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The images in a folder. Reading needs no lock and no right to write.
 *
 * <p>Safe for use by several threads and processes at once.
 */
public final class ImageStore {
    private final Path root;

    /**
     * @param root the store's folder; need not exist before the first image is added
     */
    public ImageStore(Path root) {
        this.root = root.toAbsolutePath();
    }

    public Path root() {
        return root;
    }

    /**
     * What the store holds, by name.
     *
     * @param damaged one failure for each image that cannot be opened
     */
    public record Listing(List<Image> images, List<HostFailure> damaged) {
        public Listing {
            images = List.copyOf(images);
            damaged = List.copyOf(damaged);
        }
    }

    /** All images; their files are there, their digests are not compared. */
    public Listing list() throws HostFailure {
        List<Image> images = new ArrayList<>();
        List<HostFailure> damaged = new ArrayList<>();
        for (String name : names()) {
            try {
                images.add(find(name));
            } catch (HostFailure e) {
                damaged.add(e);
            }
        }
        return new Listing(images, damaged);
    }

    /**
     * The image of that name.
     *
     * @throws HostFailure when there is none, telling which there are, or when it is damaged
     */
    public Image find(String name) throws HostFailure {
        requireNamed(name);
        Image image = Image.open(root.resolve(name));
        if (!image.manifest().name().equals(name)) {
            throw new HostFailure(
                    "The folder " + root.resolve(name) + " holds an image that is called \""
                            + image.manifest().name() + "\".",
                    "Rename the folder to the image's name.");
        }
        return image;
    }

    /**
     * The image of that name, if there is one.
     *
     * @throws HostFailure when it is damaged
     */
    public Optional<Image> lookUp(String name) throws HostFailure {
        return Files.isDirectory(root.resolve(name)) ? Optional.of(find(name)) : Optional.empty();
    }

    /**
     * The image to take for an architecture when nobody names one: {@code debian-<arch>}, else the only one there is.
     *
     * @param arch a name or an alias of the machine table
     * @throws HostFailure when there is none, or more than one and none of them the default
     */
    public Image findDefault(String arch) throws HostFailure {
        Optional<Image> found = lookUpDefault(arch);
        if (found.isEmpty()) {
            String known = MachineTable.find(arch).name();
            throw new HostFailure(
                    "There is no image for " + known + " in " + root + ".",
                    "Build one with `qemu-sh image build --arch " + known
                            + "`, or add one with `qemu-sh image add FOLDER-OR-URL`.");
        }
        return found.get();
    }

    /**
     * The same, or empty when the store has no image for the architecture.
     *
     * @throws HostFailure when there is more than one and none of them the default
     */
    public Optional<Image> lookUpDefault(String arch) throws HostFailure {
        String known = MachineTable.find(arch).name();
        String usual = defaultName(known);
        Optional<Image> found = lookUp(usual);
        if (found.isPresent()) {
            return found;
        }
        List<Image> fitting = list().images().stream()
                .filter(image -> image.manifest().arch().equals(known))
                .toList();
        if (fitting.size() <= 1) {
            return fitting.stream().findFirst();
        }
        String names = fitting.stream().map(image -> image.manifest().name()).collect(Collectors.joining(", "));
        throw new HostFailure(
                "There are several images for " + known + " and none is called " + usual + ": " + names + ".",
                "Name the one to take.");
    }

    /** How the image is called that stands for an architecture. */
    public static String defaultName(String arch) {
        return "debian-" + arch;
    }

    /**
     * An image in a folder of its own, outside of any store, its files checked as those of a store are.
     *
     * @throws HostFailure when it cannot be used, or is damaged
     */
    public static Image readyIn(Path folder, Progress progress) throws IOException, InterruptedException {
        Image image = Image.open(folder);
        new VerifiedFiles(image).requireAll(progress);
        return image;
    }

    /**
     * An image that is fit to boot: whatever changed since it was last verified is hashed. Costs a few stats otherwise.
     *
     * @throws HostFailure when there is none of that name, or it is damaged
     */
    public Image ready(String name, Progress progress) throws IOException, InterruptedException {
        Image image = find(name);
        new VerifiedFiles(image).requireAll(progress);
        return image;
    }

    /**
     * Brings an image into the store, or replaces the one of the same name. Does nothing when the store has it already;
     * waits while another process or thread writes to the same name, and then finds its work done.
     *
     * <p>A machine that runs on a replaced image goes on, QEMU has its files open; one that is just starting finds the old
     * version's files for another hour.
     *
     * @throws HostFailure when the image could not be got, is damaged, or does not fit on the disk; the store is then as it
     *     was
     */
    public Image add(ImageSource source, Progress progress) throws IOException, InterruptedException {
        return new StoreWriter(this).add(source, progress);
    }

    /**
     * Removes an image, damaged or not. A machine that runs on it goes on; one that is just starting fails.
     *
     * @throws HostFailure when there is none of that name
     */
    public void remove(String name, Progress progress) throws IOException, InterruptedException {
        new StoreWriter(this).remove(name, progress);
    }

    /** Hashes every file of an image, whether it changed or not, and tells each file's state. */
    public List<FileCheck> verify(String name, Progress progress) throws IOException, InterruptedException {
        requireNamed(name);
        return FileCheck.all(Image.read(root.resolve(name)), progress);
    }

    /**
     * Copies an image into a folder, from which it can be added to another store.
     *
     * @param folder must not exist, or be empty
     * @throws HostFailure when the folder is taken, cannot be written, or the image is damaged
     */
    public void export(String name, Path folder, Progress progress) throws IOException, InterruptedException {
        new ImageExport(find(name)).to(folder, progress);
    }

    private List<String> names() throws HostFailure {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path entry : entries) {
                String name = root.relativize(entry).toString();
                if (ImageManifest.isName(name)) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            throw new HostFailure(
                    "The store " + root + " cannot be read: " + IoReason.of(e) + ".", "Check its permissions.", e);
        }
        names.sort(null);
        return names;
    }

    private void requireNamed(String name) throws HostFailure {
        if (!ImageManifest.isName(name) || !Files.isDirectory(root.resolve(name))) {
            throw new HostFailure("There is no image \"" + name + "\" in " + root + ".", whichThereAre());
        }
    }

    private String whichThereAre() throws HostFailure {
        List<String> names = names();
        return names.isEmpty()
                ? "The store is empty: build an image with `qemu-sh image build --arch ARCH`, or add one with `qemu-sh"
                        + " image add`."
                : "There are: " + String.join(", ", names) + ".";
    }
}
