package io.jenkins.plugins.qemush.engine.warm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** A state that machines can be restored from. */
public record SavedState(StateFolder files, StateManifest manifest) {
    private static final Path HOST_BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /**
     * Whether the files are those that were saved: by their stamps; once in each boot of the host, when they come from the
     * disk and no more from memory, by their content, too. A host that crashed may have lost what it had not written.
     */
    boolean isWhole() throws IOException {
        try {
            for (Map.Entry<String, SavedFile> saved : manifest.files().entrySet()) {
                FileStamp now = FileStamp.of(files.path().resolve(saved.getKey()));
                if (!now.equals(saved.getValue().stamp())) {
                    return false;
                }
            }
            return isVerified();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean isVerified() throws IOException {
        String boot = Files.readString(HOST_BOOT);
        Path note = files.verified();
        if (Files.exists(note) && Files.readString(note).equals(boot)) {
            return true;
        }
        for (Map.Entry<String, SavedFile> saved : manifest.files().entrySet()) {
            if (!SavedFile.of(files.path().resolve(saved.getKey())).equals(saved.getValue())) {
                return false;
            }
        }
        noteVerified();
        return true;
    }

    void noteVerified() throws IOException {
        Files.writeString(files.verified(), Files.readString(HOST_BOOT));
    }

    /** Now it is the most recently used. */
    void touch() throws IOException {
        if (!Files.exists(files.used())) {
            Files.writeString(files.used(), "");
        }
        Files.setLastModifiedTime(files.used(), FileTime.from(Instant.now()));
    }

    /** When a machine was last restored from it, or when it was made. */
    public Instant lastUse() throws IOException {
        return Files.exists(files.used())
                ? Files.getLastModifiedTime(files.used()).toInstant()
                : Instant.EPOCH;
    }
}
