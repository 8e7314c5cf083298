package io.jenkins.plugins.qemush.engine.image.download;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.Sha256;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Gets one file whose size is known, and mostly its digest. What has arrived lies in the target from the first byte on, so that the
 * next try, also of another process, goes on from there.
 *
 * @param sha256 64 hexadecimal digits in lower case; empty for whatever the server has
 * @param size in bytes
 * @param target written by nobody else meanwhile; beside it lies a note of what the server called the version
 */
public record Download(WebAddress address, Optional<String> sha256, long size, Path target) {
    private static final int BLOCK = 256 << 10;

    /**
     * A download of a file that nobody has described: its server is asked for the size.
     *
     * @throws HostFailure when it cannot be got, or the server does not tell
     */
    public static Download of(WebAddress address, Optional<String> sha256, Path target, WebLimits limits)
            throws IOException, InterruptedException {
        WebClient client = new WebClient(limits);
        long size = new Retries(limits).run(address, () -> 0, () -> {
            HttpURLConnection answer = client.get(address, Map.of());
            try {
                return answer.getContentLengthLong();
            } finally {
                answer.disconnect();
            }
        });
        if (size < 0) {
            throw new HostFailure(
                    address + " cannot be downloaded: its server does not tell how large it is.",
                    "Offer the file from a server that sends its Content-Length.");
        }
        return new Download(address, sha256.map(digest -> digest.toLowerCase(Locale.ROOT)), size, target);
    }

    /**
     * Downloads what is missing and compares the digest.
     *
     * @param what the work, as the listener is to hear of it
     * @throws HostFailure when the file cannot be got, or is another than expected
     * @throws IOException when the target cannot be written
     */
    public void run(String what, WebLimits limits, Progress progress) throws IOException, InterruptedException {
        Files.createDirectories(PathParts.folder(target));
        boolean resumed = arrived() > 0;
        fetch(what, limits, progress);
        boolean whole = isWhole(what, progress);
        if (resumed && !whole) {
            // The bytes of the earlier try were of another version of the file, or spoiled.
            forget();
            fetch(what, limits, progress);
            whole = isWhole(what, progress);
        }
        if (!whole) {
            forget();
            throw new HostFailure(
                    address + " is not the file that is expected: the SHA-256 digest is another.",
                    "Try again later, or tell who offers the image.");
        }
        Files.deleteIfExists(note());
    }

    /** The bytes that have not arrived yet. */
    public long missing() {
        return Math.max(0, size - arrived());
    }

    private void fetch(String what, WebLimits limits, Progress progress) throws IOException, InterruptedException {
        WebClient client = new WebClient(limits);
        new Retries(limits).run(address, this::arrived, () -> {
            if (arrived() != size || !Files.exists(target)) {
                request(client, what, progress);
            }
            return size;
        });
    }

    private void request(WebClient client, String what, Progress progress) throws IOException, InterruptedException {
        if (arrived() > size) {
            forget();
        }
        HttpURLConnection answer = client.get(address, Range.from(arrived(), validator()));
        try {
            if (answer.getResponseCode() == Range.INVALID) {
                forget();
                throw new IOException("the server has no such part of the file");
            }
            if (!Range.continues(answer, answer.getResponseCode(), arrived())) {
                forget();
                if (answer.getResponseCode() == HttpURLConnection.HTTP_PARTIAL) {
                    throw new IOException("the server sent another part of the file than was asked for");
                }
                noteValidator(answer);
            }
            requireSize(answer);
            receive(answer, what, progress);
        } finally {
            answer.disconnect();
        }
    }

    private void requireSize(HttpURLConnection answer) throws HostFailure {
        long rest = answer.getContentLengthLong();
        if (rest >= 0 && arrived() + rest != size) {
            throw otherSize(arrived() + rest + " bytes");
        }
    }

    private void receive(HttpURLConnection answer, String what, Progress progress)
            throws IOException, InterruptedException {
        byte[] block = new byte[BLOCK];
        long done = arrived();
        try (InputStream in = answer.getInputStream();
                OutputStream out = Files.newOutputStream(
                        target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                done += read;
                if (done > size) {
                    throw otherSize("more bytes");
                }
                out.write(block, 0, read);
                progress.at(what, done, size);
                if (Thread.interrupted()) {
                    throw new InterruptedException(what);
                }
            }
        }
        if (done < size) {
            throw new IOException("the connection ended after " + done + " of " + size + " bytes");
        }
    }

    private HostFailure otherSize(String has) {
        return new HostFailure(
                address + " is not the file that is expected: it has " + has + " instead of " + size + ".",
                "Try again later, or tell who offers the image.");
    }

    private boolean isWhole(String what, Progress progress) throws IOException, InterruptedException {
        return sha256.isEmpty()
                || Sha256.of(target, "verify after " + what, progress).equals(sha256.get());
    }

    private long arrived() {
        return target.toFile().length();
    }

    private void forget() throws IOException {
        Files.deleteIfExists(target);
        Files.deleteIfExists(note());
    }

    private Optional<String> validator() throws IOException {
        return Files.exists(note()) ? Optional.of(Files.readString(note())) : Optional.empty();
    }

    private void noteValidator(HttpURLConnection answer) throws IOException {
        Optional<String> validator = Range.validator(answer);
        if (validator.isPresent()) {
            Files.writeString(note(), validator.get());
        }
    }

    private Path note() {
        return target.resolveSibling(target.getFileName() + ".version");
    }
}
