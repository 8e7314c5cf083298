package io.jenkins.plugins.qemush.engine.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes entries of the host's folder as a tar stream that busybox understands: GNU long names, no PAX headers.
 *
 * <p>An entry that vanishes or changes while it is written does no harm: it differs from the snapshot, which was taken
 * before, and travels again next time.
 */
final class HostTar {

    private final Path folder;
    private final HostSnapshot snapshot;
    private final GuestOwner owner;
    private final WholeSeconds times;
    /** The first name of each file, for its other names. */
    private final Map<Object, String> first = new HashMap<>();

    private long bytes;

    /** @param times what tar can say of the files' times */
    HostTar(Path folder, HostSnapshot snapshot, GuestOwner owner, WholeSeconds times) {
        this.folder = folder;
        this.snapshot = snapshot;
        this.owner = owner;
        this.times = times;
    }

    /** @return the bytes of content written */
    long write(Collection<String> names, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.ISO_8859_1.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        for (String name : names) {
            try {
                add(name, tar);
            } catch (NoSuchFileException vanished) {
                continue;
            } catch (AccessDeniedException e) {
                throw Readable.failure(folder, name, e);
            }
        }
        tar.finish();
        tar.flush();
        return bytes;
    }

    private void add(String name, TarArchiveOutputStream tar) throws IOException {
        HostEntry entry = snapshot.get(name);
        Path path = folder.resolve(RawName.toPath(name));
        switch (entry.type()) {
            case DIRECTORY -> addHeader(tar, new TarArchiveEntry(name + '/', TarConstants.LF_DIR, true), name, 0);
            case SYMLINK -> {
                TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
                link.setLinkName(RawName.of(Files.readSymbolicLink(path)));
                addHeader(tar, link, name, 0);
            }
            default -> {
                String other = first.putIfAbsent(entry.file(), name);
                if (other == null) {
                    addFile(tar, name, path);
                } else {
                    TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_LINK, true);
                    link.setLinkName(other);
                    addHeader(tar, link, name, 0);
                }
            }
        }
        tar.closeArchiveEntry();
    }

    private void addFile(TarArchiveOutputStream tar, String name, Path path) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (SeekableByteChannel file = Files.newByteChannel(path, options);
                InputStream content = Channels.newInputStream(file)) {
            long size = file.size();
            addHeader(tar, new TarArchiveEntry(name, TarConstants.LF_NORMAL, true), name, size);
            copyExactly(content, tar, size);
            bytes += size;
        }
    }

    private void addHeader(TarArchiveOutputStream tar, TarArchiveEntry header, String name, long size)
            throws IOException {
        HostEntry entry = snapshot.get(name);
        header.setMode(entry.mode());
        header.setModTime(FileTime.from(times.of(name, entry), TimeUnit.SECONDS));
        header.setIds(owner.uid(), owner.gid());
        header.setNames("", "");
        header.setSize(size);
        tar.putArchiveEntry(header);
    }

    /** A file that shrinks meanwhile is filled up with zeros, as the header has promised its size. */
    private static void copyExactly(InputStream content, OutputStream tar, long size) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = size;
        while (left > 0) {
            int wanted = (int) Math.min(buffer.length, left);
            int count = content.readNBytes(buffer, 0, wanted);
            Arrays.fill(buffer, count, wanted, (byte) 0);
            tar.write(buffer, 0, wanted);
            left -= wanted;
        }
    }
}
