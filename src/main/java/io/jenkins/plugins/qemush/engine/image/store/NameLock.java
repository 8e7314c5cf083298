package io.jenkins.plugins.qemush.engine.image.store;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The right to write what belongs to one name (an image, the saved states), held by one thread of one process.
 *
 * <p>A file lock: the kernel gives it back when its process dies, however it dies. The lock's file stays for ever, because
 * who removes it could remove it from under one that waits for it.
 */
public final class NameLock implements AutoCloseable {
    private static final long POLL_MILLIS = 100;

    /** Far longer than any download; the holder is alive as long as it holds the lock. */
    private static final long PATIENCE_HOURS = 6;

    /**
     * File locks are the whole process's: a second thread that closed its channel would release the first one's lock
     * (POSIX fcntl). So the threads of this process queue here, before they touch the file.
     */
    private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

    private final Semaphore thread;
    private final FileChannel channel;

    private NameLock(Semaphore thread, FileChannel channel) {
        this.thread = thread;
        this.channel = channel;
    }

    /** Waits until the lock is free, telling the listener what it waits for. */
    static NameLock take(Path file, Progress progress) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.HOURS.toNanos(PATIENCE_HOURS);
        Optional<NameLock> lock = tryTake(file);
        while (lock.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new HostFailure(
                        "Another process has been writing to the image " + file.getFileName() + " for hours.",
                        "Find it with `fuser " + file + "` and end it.");
            }
            progress.at("wait for another that writes " + file.getFileName(), 0, 0);
            Thread.sleep(POLL_MILLIS);
            lock = tryTake(file);
        }
        return lock.get();
    }

    /** Takes the lock if nobody has it. */
    public static Optional<NameLock> tryTake(Path file) throws IOException {
        Semaphore thread = THREADS.computeIfAbsent(file, path -> new Semaphore(1));
        if (!thread.tryAcquire()) {
            return Optional.empty();
        }
        Optional<FileChannel> channel = Optional.empty();
        try {
            channel = tryLock(file);
        } finally {
            if (channel.isEmpty()) {
                thread.release();
            }
        }
        return channel.map(locked -> new NameLock(thread, locked));
    }

    private static Optional<FileChannel> tryLock(Path file) throws IOException {
        Files.createDirectories(PathParts.folder(file));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? Optional.empty() : Optional.of(channel);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            thread.release();
        }
    }
}
