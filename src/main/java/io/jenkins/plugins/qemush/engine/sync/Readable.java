package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sees that this user may read what is to travel. */
final class Readable {

    private static final int BY_ALL = 0444;

    private Readable() {}

    /**
     * Looks at what not everybody may read.
     *
     * @throws HostFailure naming the first file that this user may not read
     */
    static void demand(Path folder, HostSnapshot snapshot) throws HostFailure {
        for (String name : snapshot.names()) {
            HostEntry entry = snapshot.get(name);
            boolean open = entry.type() == EntryType.SYMLINK || (entry.mode() & BY_ALL) == BY_ALL;
            Path path = open ? folder : folder.resolve(RawName.toPath(name));
            if (!open && Files.exists(path) && !Files.isReadable(path)) {
                throw failure(folder, name, null);
            }
        }
    }

    /** @param name relative to the folder; empty for the folder itself */
    static HostFailure failure(Path folder, String name, IOException origin) {
        String what = name.isEmpty() ? "The folder " + folder : RawName.forHumans(name) + " in the folder " + folder;
        return new HostFailure(
                what + " cannot be read by " + System.getProperty("user.name") + ".",
                "Give this user the right to read it, or leave it out: --sync-exclude"
                        + (name.isEmpty() ? "." : " '" + name + "'."),
                origin);
    }
}
