package io.jenkins.plugins.qemush.engine.standby;

import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLauncher;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a {@link StandbyProcess} is told what it is to keep. An order holds for {@link #LEASE}: whoever wants the machines
 * renews it, and when nobody does any more they end.
 *
 * @param path made when an order is given
 */
public record StandbyFolder(Path path) {
    /** Outlasts a restart of whoever renews the order. */
    static final Duration LEASE = Duration.ofMinutes(3);

    private Path order() {
        return path.resolve("order.json");
    }

    private Path lock() {
        return path.resolve("lock");
    }

    /** Orders machines, or the same ones for longer. */
    public void order(StandbyOrder order) throws IOException {
        Files.createDirectories(path);
        EngineJson.write(order(), order);
    }

    /** Nobody wants any. */
    public void withdraw() throws IOException {
        Files.deleteIfExists(order());
    }

    /** What is ordered, and still holds. */
    Optional<StandbyOrder> current() throws IOException {
        Optional<FileTime> given = given();
        return given.isPresent() ? Optional.of(EngineJson.read(order(), StandbyOrder.class)) : Optional.empty();
    }

    /** When that was ordered: the same time, the same order. */
    Optional<FileTime> given() throws IOException {
        try {
            FileTime given = Files.getLastModifiedTime(order());
            return given.toInstant().isAfter(Instant.now().minus(LEASE)) ? Optional.of(given) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The right to serve this folder; one process has it. */
    Optional<NameLock> serve() throws IOException {
        return NameLock.tryTake(lock());
    }

    /** Whether a process serves this folder. */
    public boolean isServed() throws IOException {
        Optional<NameLock> free = NameLock.tryTake(lock());
        if (free.isPresent()) {
            free.get().close();
        }
        return free.isEmpty();
    }

    /** Starts a process that serves this folder until there is no order any more; one that is too many ends at once. */
    public void start(SupervisorLauncher launcher) throws IOException {
        launcher.launchBeside(StandbyProcess.class, path.toString(), path.resolve("log"));
    }
}
