package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How an image of the configuration lies on an agent.
 *
 * @param bytes that its files take; 0 while it is not there
 * @param verified when its files were last found right, in epoch milliseconds; 0 when never
 * @param detail what is wrong; empty when nothing is
 */
public record ImageState(Kind kind, long bytes, long verified, String detail) implements Serializable {
    /** Whether it is there. */
    public enum Kind {
        ABSENT,
        CACHED,
        /** Its files are used where they lie, outside of any store. */
        IN_PLACE,
        DAMAGED
    }

    static ImageState inStore(ImageStore store, String name) throws IOException {
        if (!Files.isDirectory(store.root().resolve(name))) {
            return new ImageState(Kind.ABSENT, 0, 0, "");
        }
        try {
            return of(Kind.CACHED, store.find(name));
        } catch (HostFailure e) {
            return damaged(e);
        }
    }

    static ImageState of(Kind kind, Image image) throws IOException {
        long bytes = image.manifest().files().values().stream()
                .mapToLong(file -> file.size())
                .sum();
        Path note = image.folder().resolve(".verified");
        boolean noted = kind == Kind.CACHED && Files.exists(note);
        return new ImageState(
                kind, bytes, noted ? Files.getLastModifiedTime(note).toMillis() : 0, "");
    }

    static ImageState damaged(HostFailure reason) {
        return new ImageState(Kind.DAMAGED, 0, 0, reason.getMessage());
    }
}
