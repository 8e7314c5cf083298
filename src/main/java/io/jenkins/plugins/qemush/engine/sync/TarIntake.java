package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Takes the files that were asked for out of a guest's tar stream and nothing else: each name once, as the kind that it
 * was listed as, and no more bytes than there is room for. The stream is one archive after the other.
 */
final class TarIntake {

    private final HostFolder folder;
    private final HostSnapshot known;
    private final String workspace;
    private final Map<String, GuestEntry> wanted;
    private final ToLongFunction<String> times;
    private final BiConsumer<String, String> refuse;
    private final Set<String> written = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private long room;
    private long bytes;

    /**
     * @param known told of what is written
     * @param spec for the path that absolute links may point into
     * @param times the times that the files are to get, in nanoseconds since the epoch
     * @param refuse told the name and the reason of what does not come in
     * @param room the bytes that may be written
     */
    TarIntake(
            HostFolder folder,
            HostSnapshot known,
            WorkspaceSpec spec,
            Map<String, GuestEntry> wanted,
            ToLongFunction<String> times,
            BiConsumer<String, String> refuse,
            long room) {
        this.folder = folder;
        this.known = known;
        this.workspace = RawName.of(spec.host());
        this.wanted = wanted;
        this.times = times;
        this.refuse = refuse;
        this.room = room;
    }

    /** Takes what comes. A file that shrinks while it is sent ends the guest's tar: that one and what follows are missing. */
    void read(InputStream stream) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stream, 64 * 1024);
        try {
            while (skipPadding(in)) {
                readArchive(in);
            }
        } catch (ContentCutShort e) {
            System.getLogger(TarIntake.class.getName()).log(System.Logger.Level.DEBUG, "to be asked for again", e);
        }
    }

    private static boolean skipPadding(BufferedInputStream in) throws IOException {
        while (true) {
            in.mark(TarConstants.DEFAULT_RCDSIZE);
            byte[] record = in.readNBytes(TarConstants.DEFAULT_RCDSIZE);
            if (record.length == 0) {
                return false;
            }
            for (byte one : record) {
                if (one != 0) {
                    in.reset();
                    return true;
                }
            }
        }
    }

    // The archive is not closed: its stream goes on with the next one.
    @SuppressWarnings("resource")
    private void readArchive(InputStream in) throws IOException {
        TarArchiveInputStream archive = new TarArchiveInputStream(
                in, TarConstants.DEFAULT_RCDSIZE, TarConstants.DEFAULT_RCDSIZE, StandardCharsets.ISO_8859_1.name());
        for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            take(entry, archive);
        }
    }

    private void take(TarArchiveEntry entry, TarArchiveInputStream archive) throws IOException {
        String name = GuestListing.relative(entry.getName());
        if (!wanted.containsKey(name) || !seen.add(name)) {
            throw new GuestFailure("The guest sent " + RawName.forHumans(name) + ", which nobody asked for.", "");
        }
        if (entry.isSymbolicLink()) {
            takeLink(name, entry.getLinkName());
        } else if (entry.isLink()) {
            takeHardLink(name, GuestListing.relative(entry.getLinkName()));
        } else if (isRegular(entry)) {
            takeFile(name, entry, archive);
        } else {
            refuse.accept(name, "is neither a file nor a link");
        }
    }

    /** {@link TarArchiveEntry#isFile} says yes to devices and pipes too. */
    private static boolean isRegular(TarArchiveEntry entry) {
        byte kind = entry.getLinkFlag();
        return kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
    }

    private void takeFile(String name, TarArchiveEntry entry, TarArchiveInputStream archive) throws IOException {
        if ((entry.getMode() & 06000) != 0) {
            refuse.accept(name, "has the setuid or setgid bit");
            return;
        }
        room -= entry.getSize();
        if (entry.getSize() < 0 || room < 0) {
            throw new GuestFailure(
                    "The guest sends more than there is room for, at " + RawName.forHumans(name) + ".", "");
        }
        FileTime modified = FileTime.from(times.applyAsLong(name), TimeUnit.NANOSECONDS);
        try {
            known.put(name, folder.writeFile(name, archive, entry.getSize(), entry.getMode() & 0777, modified));
        } catch (ContentCutShort e) {
            seen.remove(name);
            throw e;
        }
        bytes += entry.getSize();
        written.add(name);
    }

    private void takeLink(String name, String target) throws IOException {
        if (target.isEmpty() || !LinkTarget.staysInside(name, target, workspace)) {
            refuse.accept(name, "is a link to " + RawName.forHumans(target) + ", outside the workspace");
            return;
        }
        known.put(name, folder.writeLink(name, target));
    }

    private void takeHardLink(String name, String first) throws IOException {
        if (!written.contains(first)) {
            throw new GuestFailure(
                    "The guest's " + RawName.forHumans(name) + " was refused: it is a hard link to "
                            + RawName.forHumans(first) + ", which did not come along.",
                    "");
        }
        known.put(name, folder.writeHardLink(name, first));
        written.add(name);
    }

    /** Whether the entry arrived, be it refused. */
    boolean has(String name) {
        return seen.contains(name);
    }

    int count() {
        return seen.size();
    }

    long bytes() {
        return bytes;
    }
}
