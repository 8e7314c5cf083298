package io.jenkins.plugins.qemush.engine.image.download;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** A file on an unreliable server, and where its download goes. */
final class ServedFile implements AutoCloseable {
    static final String NAME = "/disk.img";
    /** Quick for a server that stalls; longer than a loaded host needs for an answer. */
    static final WebLimits QUICK = new WebLimits(Duration.ofSeconds(5), Duration.ofSeconds(2), 3, Duration.ofMillis(5));

    private final byte[] content = new byte[3_000_000];
    private final UnreliableServer server = new UnreliableServer();
    private final Path target;

    ServedFile(Path temp) throws IOException {
        new Random(7).nextBytes(content);
        server.put(NAME, content);
        target = temp.resolve("päckchen und pakete").resolve("part");
    }

    byte[] content() {
        return content;
    }

    UnreliableServer server() {
        return server;
    }

    URI uri() {
        return server.uri(NAME);
    }

    Path target() {
        return target;
    }

    void run() throws IOException, InterruptedException {
        download(uri()).run("disk", QUICK, Progress.NONE);
    }

    /** The download of this file, from wherever. */
    Download download(URI from) throws HostFailure {
        MessageDigest digest = Sha256.start();
        digest.update(content);
        return new Download(WebAddress.of(from), Optional.of(Sha256.hex(digest)), content.length, target);
    }

    void assertRefused(URI from, String words) {
        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> download(from).run("disk", QUICK, Progress.NONE))
                .withMessageContaining(words);
    }

    /** As an earlier download has left them. */
    void leave(byte[] bytes) throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(target, bytes);
    }

    @Override
    public void close() {
        server.close();
    }
}
