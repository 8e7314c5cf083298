package io.jenkins.plugins.qemush.engine.warm;

import io.jenkins.plugins.qemush.engine.image.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * What was learnt while states were made, so that nobody tries again what does not work: which way of keeping the memory a
 * QEMU masters for a machine, and which machines cannot be saved at all. One line in a file each.
 *
 * @param folder need not exist
 */
public record Notes(Path folder) {
    /** A bad day of the host is not remembered for ever. */
    private static final Duration BELIEVED = Duration.ofDays(7);

    /** Remembers that machines with this fingerprint must be booted, and why. */
    public void unfit(Fingerprint machine, String reason) throws IOException {
        write("unfit-" + machine.digest(), reason);
    }

    /** Why machines with this fingerprint must be booted, if that is known. */
    public Optional<String> unfit(Fingerprint machine) throws IOException {
        return read("unfit-" + machine.digest());
    }

    /** Remembers the way that works for a QEMU and a kind of machine; empty: none does. */
    public void way(Fingerprint kind, Optional<RestoreWay> way) throws IOException {
        write("way-" + kind.digest(), way.map(RestoreWay::name).orElse("NONE"));
    }

    /** Whether it is known that nothing works for a QEMU and a kind of machine. */
    public boolean hasNoWay(Fingerprint kind) throws IOException {
        return read("way-" + kind.digest()).filter("NONE"::equals).isPresent();
    }

    /** The way that is known to work for a QEMU and a kind of machine. */
    public Optional<RestoreWay> way(Fingerprint kind) throws IOException {
        Optional<String> line = read("way-" + kind.digest());
        return Arrays.stream(RestoreWay.values())
                .filter(way -> line.equals(Optional.of(way.name())))
                .findFirst();
    }

    /** Forgets everything. */
    public void forget() throws IOException {
        FileTree.delete(folder);
    }

    private Optional<String> read(String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            // Older than that, or from before the host's clock was set back.
            boolean believed = Duration.between(written, Instant.now()).abs().compareTo(BELIEVED) < 0;
            return believed ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void write(String name, String line) throws IOException {
        PrivateFiles.makeFolder(folder);
        Path fresh = folder.resolve("." + UUID.randomUUID());
        Files.writeString(fresh, line + "\n");
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
