package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.image.Progress;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The layout of a store's folder:
 *
 * <pre>
 * debian-x86 -&gt; .versions/debian-x86/2   the image; renaming the link replaces the image in one step
 * .versions/debian-x86/2/                image.json and the files
 * .versions/debian-x86/1/                a version that was replaced: who is just booting it may still open its files
 * .incoming-debian-x86/                  the next version while it arrives
 * .partial-debian-x86/                   pieces of its download, kept for the next try
 * .locks/debian-x86                      held by who writes any of these
 * </pre>
 *
 * <p>A plain folder in the place of the link is an image too: somebody copied it there.
 */
final class StoreFolder {
    private static final Logger LOGGER = System.getLogger(StoreFolder.class.getName());

    /** From {@link ImageStore#ready} to QEMU's opening the disk it takes a second; waiting for memory, minutes. */
    private static final Duration KEEP_REPLACED = Duration.ofHours(1);

    private static final Duration KEEP_PARTIAL = Duration.ofDays(7);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final String INCOMING = ".incoming-";
    private static final String PARTIAL = ".partial-";

    private final Path root;

    StoreFolder(Path root) {
        this.root = root;
    }

    NameLock lock(String name, Progress progress) throws IOException, InterruptedException {
        return NameLock.take(lockFile(name), progress);
    }

    Path incoming(String name) {
        return root.resolve(INCOMING + name);
    }

    Path partial(String name) {
        return root.resolve(PARTIAL + name);
    }

    /** Makes a folder the image of that name, in one step. The caller holds the name's lock. */
    void publish(String name, Path arrived) throws IOException {
        Path versions = Files.createDirectories(versions(name));
        Path version = versions.resolve(String.valueOf(nextVersion(versions)));
        Files.move(arrived, version, StandardCopyOption.ATOMIC_MOVE);
        Path link = root.resolve(".link-" + name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, root.relativize(version));
        Optional<Path> replaced = current(name);
        if (replaced.isPresent() && !Files.isSymbolicLink(root.resolve(name))) {
            // No rename puts a link in a folder's place: this one case has a moment without the image.
            Path aside = versions.resolve(String.valueOf(nextVersion(versions)));
            Files.move(root.resolve(name), aside, StandardCopyOption.ATOMIC_MOVE);
            replaced = Optional.of(aside);
        }
        if (replaced.isPresent() && replaced.get().startsWith(versions.toRealPath())) {
            // Its time to live begins now, even if this process ends between the two.
            Files.setLastModifiedTime(replaced.get(), FileTime.from(Instant.now()));
        }
        Files.move(link, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the image of that name with all that belongs to it. The caller holds the name's lock. */
    void remove(String name) throws IOException {
        Path image = root.resolve(name);
        if (Files.isSymbolicLink(image)) {
            Files.delete(image);
        }
        FileTree.delete(image);
        FileTree.delete(versions(name));
        FileTree.delete(incoming(name));
        FileTree.delete(partial(name));
    }

    /** Whether there is something of that name, an image or what is left of one. */
    boolean has(String name) {
        return Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Removes what dead writers left, and versions that were replaced a while ago. Spares the names that others write.
     *
     * @param held the name whose lock the caller holds
     */
    void sweep(String held) throws IOException {
        sweepOne(held);
        for (String name : namesWithLeftovers()) {
            try {
                trySweep(name);
            } catch (IOException e) {
                // Not this writer's business: it fails by itself if it cannot write either.
                LOGGER.log(Level.WARNING, "cannot remove what is left of " + name + " in " + root, e);
            }
        }
    }

    private void trySweep(String name) throws IOException {
        Optional<NameLock> lock = NameLock.tryTake(lockFile(name));
        if (lock.isPresent()) {
            try (NameLock held = lock.get()) {
                sweepOne(name);
            }
        }
    }

    private void sweepOne(String name) throws IOException {
        FileTree.delete(incoming(name));
        Files.deleteIfExists(root.resolve(".link-" + name));
        if (isOlder(partial(name), KEEP_PARTIAL)) {
            FileTree.delete(partial(name));
        }
        Optional<Path> current = current(name);
        for (Path version : entries(versions(name))) {
            if (!current.equals(Optional.of(version.toRealPath())) && isOlder(version, KEEP_REPLACED)) {
                FileTree.delete(version);
            }
        }
    }

    private List<String> namesWithLeftovers() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path entry : entries(root)) {
            String name = root.relativize(entry).toString();
            for (String prefix : List.of(INCOMING, PARTIAL)) {
                if (name.startsWith(prefix)) {
                    names.add(name.substring(prefix.length()));
                }
            }
        }
        for (Path versions : entries(root.resolve(".versions"))) {
            names.add(root.resolve(".versions").relativize(versions).toString());
        }
        return names;
    }

    private Optional<Path> current(String name) throws IOException {
        Path image = root.resolve(name);
        return Files.exists(image) ? Optional.of(image.toRealPath()) : Optional.empty();
    }

    private Path versions(String name) {
        return root.resolve(".versions").resolve(name);
    }

    private Path lockFile(String name) {
        return root.resolve(".locks").resolve(name);
    }

    private static int nextVersion(Path versions) throws IOException {
        int next = 1;
        for (Path version : entries(versions)) {
            String number = versions.relativize(version).toString();
            if (NUMBER.matcher(number).matches()) {
                next = Math.max(next, Integer.parseInt(number) + 1);
            }
        }
        return next;
    }

    private static boolean isOlder(Path path, Duration age) throws IOException {
        return Files.exists(path)
                && Files.getLastModifiedTime(path).toInstant().plus(age).isBefore(Instant.now());
    }

    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(entries::add);
            }
        }
        return entries;
    }
}
