package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.image.DiskSpace;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.IoReason;
import io.jenkins.plugins.qemush.engine.image.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Adds and removes images: everything arrives beside the image that it replaces, and is renamed when it is whole. */
final class StoreWriter {
    private final ImageStore store;
    private final StoreFolder folder;

    StoreWriter(ImageStore store) {
        this.store = store;
        this.folder = new StoreFolder(store.root());
    }

    Image add(ImageSource source, Progress progress) throws IOException, InterruptedException {
        String name = source.name();
        return writing(() -> {
            try (NameLock lock = folder.lock(name, progress)) {
                folder.sweep(name);
                if (!hasAlready(source, progress)) {
                    receive(source, progress);
                }
            }
            return store.find(name);
        });
    }

    void remove(String name, Progress progress) throws IOException, InterruptedException {
        if (!ImageManifest.isName(name) || !folder.has(name)) {
            store.find(name);
        }
        writing(() -> {
            try (NameLock lock = folder.lock(name, progress)) {
                folder.remove(name);
            }
            return name;
        });
    }

    /** Whoever waited for another writer of the same image finds it here and has nothing to do. */
    private boolean hasAlready(ImageSource source, Progress progress) throws IOException, InterruptedException {
        if (!folder.has(source.name())) {
            return false;
        }
        try {
            return source.is(store.ready(source.name(), progress).manifest());
        } catch (HostFailure e) {
            // The image there is damaged, and this one replaces it.
            return false;
        }
    }

    private void receive(ImageSource source, Progress progress) throws IOException, InterruptedException {
        Path incoming = folder.incoming(source.name());
        FileTree.delete(incoming);
        Path whole = Files.createDirectory(incoming).resolve("image");
        try {
            source.bring(whole, folder.partial(source.name()), progress);
            requireSound(Image.open(whole), source.name(), progress);
            folder.publish(source.name(), whole);
        } finally {
            FileTree.delete(incoming);
        }
        FileTree.delete(folder.partial(source.name()));
    }

    private static void requireSound(Image image, String name, Progress progress)
            throws IOException, InterruptedException {
        if (!image.manifest().name().equals(name)) {
            throw new HostFailure(
                    "The image " + name + " calls itself " + image.manifest().name() + ".", "Correct its image.json.");
        }
        image.requireSoundContent();
        new VerifiedFiles(image).requireAll(progress);
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Tells a store that cannot be written, or that became full, in words. */
    private <T> T writing(Work<T> work) throws IOException, InterruptedException {
        try {
            Files.createDirectories(store.root());
            return work.run();
        } catch (QemuShException e) {
            throw e;
        } catch (IOException e) {
            if (DiskSpace.isExhausted(e)) {
                throw DiskSpace.exhausted(store.root(), e);
            }
            throw new HostFailure(
                    "The store " + store.root() + " could not be changed: " + IoReason.withFile(e) + ".",
                    "Check the permissions, or set QEMU_SH_HOME to a folder of your own.",
                    e);
        }
    }
}
