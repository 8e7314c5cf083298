package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Takes the files that were asked for out of a guest's tar stream and nothing else: each name once, as the kind that it
 * was listed as, and no more bytes than there is room for. The stream is one archive after the other.
 */
final class TarIntake {
    private static final int PERMISSIONS = 0777;
    private static final int SET_ID = 06000;

    private final HostFolder folder;
    private final HostSnapshot known;
    private final LinkTarget links;
    private final SyncPolicy policy;
    private final Map<String, GuestEntry> wanted;
    private final ToLongFunction<String> times;
    private final PullProblems problems;
    private final Set<String> written = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private long room;
    private long bytes;

    /**
     * @param known told of what is written
     * @param links where links may point
     * @param times the times that the files are to get, in nanoseconds since the epoch
     * @param problems told of what does not come in
     * @param room the bytes that may be written
     */
    TarIntake(
            HostFolder folder,
            HostSnapshot known,
            LinkTarget links,
            SyncPolicy policy,
            Map<String, GuestEntry> wanted,
            ToLongFunction<String> times,
            PullProblems problems,
            long room) {
        this.folder = folder;
        this.known = known;
        this.links = links;
        this.policy = policy;
        this.wanted = wanted;
        this.times = times;
        this.problems = problems;
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
            problems.warn(PullProblems.Warning.SPECIAL, name, "");
        }
    }

    /** {@link TarArchiveEntry#isFile} says yes to devices and pipes too. */
    private static boolean isRegular(TarArchiveEntry entry) {
        byte kind = entry.getLinkFlag();
        return kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
    }

    private void takeFile(String name, TarArchiveEntry entry, TarArchiveInputStream archive) throws IOException {
        room -= entry.getSize();
        if (entry.getSize() < 0 || room < 0) {
            throw new GuestFailure(
                    "The guest sends more than there is room for, at " + RawName.forHumans(name) + ".", "");
        }
        FileTime modified = FileTime.from(times.applyAsLong(name), TimeUnit.NANOSECONDS);
        boolean setId = (entry.getMode() & SET_ID) != 0;
        int bits = policy.setId() == SyncPolicy.SetId.KEEP ? PERMISSIONS | SET_ID : PERMISSIONS;
        try {
            known.put(name, folder.writeFile(name, archive, entry.getSize(), entry.getMode() & bits, modified));
        } catch (ContentCutShort e) {
            seen.remove(name);
            throw e;
        } catch (IOException e) {
            // What is left of its content is skipped, and all behind it comes.
            problems.fail(name, e);
            return;
        }
        if (setId && policy.setId() == SyncPolicy.SetId.SKIP) {
            problems.warn(PullProblems.Warning.SET_ID, name, "");
        }
        bytes += entry.getSize();
        written.add(name);
    }

    private void takeLink(String name, String target) throws IOException {
        try {
            Optional<String> inside = links.onHost(name, target);
            if (inside.isPresent()) {
                known.put(name, folder.writeLink(name, inside.get()));
            } else if (!folder.hasLink(name, target)) {
                takeLinkOutside(name, target);
            }
        } catch (IOException e) {
            problems.fail(name, e);
        }
    }

    private void takeLinkOutside(String name, String target) throws IOException {
        switch (policy.links()) {
            case KEEP -> known.put(name, folder.writeLink(name, target));
            case SKIP -> problems.warn(PullProblems.Warning.LINK, name, "-> " + RawName.forHumans(target));
            case REFUSE ->
                throw new HostFailure(
                        RawName.forHumans(name) + " is a link to " + RawName.forHumans(target)
                                + ", which is outside the folder.",
                        "Remove it in the guest, leave it out with --sync-exclude, or choose --sync-links skip or keep.");
        }
    }

    private void takeHardLink(String name, String first) throws IOException {
        if (problems.hasFailed(first)) {
            problems.fail(name, new IOException("it is a second name of " + RawName.forHumans(first)));
            return;
        }
        if (!written.contains(first)) {
            throw new GuestFailure(
                    "The guest's " + RawName.forHumans(name) + " was refused: it is a hard link to "
                            + RawName.forHumans(first) + ", which did not come along.",
                    "");
        }
        try {
            known.put(name, folder.writeHardLink(name, first));
            written.add(name);
        } catch (IOException e) {
            problems.fail(name, e);
        }
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
