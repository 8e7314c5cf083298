package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;

/** A supervisor's lock on its run directory: tells every process that the supervisor lives, and goes when it does. */
public final class SupervisorLock implements AutoCloseable {
    private final FileChannel file;

    private SupervisorLock(FileChannel file) {
        this.file = file;
    }

    /** @throws HostFailure when another supervisor has it */
    static SupervisorLock take(RunDirectory directory) throws IOException, InterruptedException {
        FileChannel file = FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(file);
            return new SupervisorLock(file);
        } catch (IOException | InterruptedException e) {
            file.close();
            throw e;
        }
    }

    /** Whoever asks {@link #isHeld} holds the lock for a moment. */
    private static void lock(FileChannel file) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (file.tryLock() != null) {
                return;
            }
            Thread.sleep(10);
        }
        throw new HostFailure("The machine has a supervisor already.", "Use another --name.");
    }

    /** Whether a run directory's supervisor lives, in whatever other process. */
    public static boolean isHeld(RunDirectory directory) throws IOException {
        // A shared lock: two who ask at once do not take each other for the supervisor.
        try (FileChannel file = FileChannel.open(directory.lock(), StandardOpenOption.READ);
                FileLock lock = file.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
