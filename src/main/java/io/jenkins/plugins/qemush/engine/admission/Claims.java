package io.jenkins.plugins.qemush.engine.admission;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The claims of all processes, a file each. They change only under the lock, which is held for milliseconds.
 *
 * @param folder private to the user
 */
record Claims(Path folder) {
    private static final String SUFFIX = ".claim";
    private static final int LOCK_POLL_MILLIS = 5;

    NameLock lock() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Optional<NameLock> lock = NameLock.tryTake(folder.resolve("lock"));
        while (lock.isEmpty()) {
            Thread.sleep(LOCK_POLL_MILLIS);
            lock = NameLock.tryTake(folder.resolve("lock"));
        }
        return lock.get();
    }

    /** Those of living processes, in their order. What dead ones left is removed. The caller holds the lock. */
    List<Claim> list() throws IOException {
        List<Claim> claims = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                Optional<Claim> claim = read(file).filter(known -> known.owner().isAlive());
                if (claim.isPresent()) {
                    claims.add(claim.get());
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        // Not Comparator.comparingLong: its own lambda is never in the archive of classes, and takes some milliseconds
        // to make.
        claims.sort((one, other) -> Long.compare(one.ticket(), other.ticket()));
        return claims;
    }

    private static Optional<Claim> read(Path file) throws IOException {
        try {
            return Optional.ofNullable(new Gson().fromJson(Files.readString(file), Claim.class));
        } catch (NoSuchFileException | JsonParseException e) {
            // Given back, or written by another version of this program that is gone by now.
            System.getLogger(Claims.class.getName()).log(System.Logger.Level.DEBUG, "no claim", e);
            return Optional.empty();
        }
    }

    void write(Claim claim) throws IOException {
        Path fresh = folder.resolve("." + claim.ticket());
        Files.writeString(fresh, new Gson().toJson(claim));
        Files.move(fresh, file(claim), StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(Claim claim) throws IOException {
        Files.deleteIfExists(file(claim));
    }

    private Path file(Claim claim) {
        return folder.resolve(claim.ticket() + SUFFIX);
    }
}
