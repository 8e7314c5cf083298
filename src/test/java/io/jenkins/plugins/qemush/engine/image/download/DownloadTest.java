package io.jenkins.plugins.qemush.engine.image.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final WebLimits QUICK =
            new WebLimits(Duration.ofSeconds(5), Duration.ofMillis(500), 3, Duration.ofMillis(5));
    private static final String FILE = "/disk.img";

    @TempDir
    Path temp;

    private final byte[] content = new byte[3_000_000];
    private UnreliableServer server;
    private Path target;

    @BeforeEach
    void serve() throws Exception {
        new Random(7).nextBytes(content);
        server = new UnreliableServer();
        server.put(FILE, content);
        target = temp.resolve("päckchen und pakete").resolve("part");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFileArrivesWhole() throws Exception {
        List<Long> heard = new CopyOnWriteArrayList<>();

        download(server.uri(FILE)).run("disk", QUICK, (what, done, total) -> heard.add(done));

        assertThat(target).hasBinaryContent(content);
        assertThat(heard).contains((long) content.length);
        assertThat(target.getParent()).isDirectoryNotContaining(file -> !file.equals(target));
    }

    @Test
    void aCutConnectionIsResumedWhereItEnded() throws Exception {
        server.setCutAfter(1_000_000);

        run();

        assertThat(target).hasBinaryContent(content);
        assertThat(server.requests(FILE))
                .extracting(UnreliableServer.Request::range)
                .startsWith(Optional.empty())
                .hasSizeGreaterThan(2)
                .filteredOn(Optional::isPresent)
                .isNotEmpty();
    }

    @Test
    void aServerWithoutRangesIsAskedForAllOfItAgain() throws Exception {
        server.setRanges(false);
        leave(Arrays.copyOf(content, 1_000_000));

        run();

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void whatAnEarlierProcessLeftIsGoneOnWith() throws Exception {
        leave(Arrays.copyOf(content, 2_000_000));

        run();

        assertThat(target).hasBinaryContent(content);
        assertThat(server.requests(FILE))
                .singleElement()
                .extracting(UnreliableServer.Request::range)
                .isEqualTo(Optional.of("bytes=2000000-"));
    }

    @Test
    void aFileThatIsThereIsNotAskedForAgain() throws Exception {
        leave(content);

        run();

        assertThat(server.requests(FILE)).isEmpty();
    }

    @Test
    void spoiltLeftoversAreDownloadedAnew() throws Exception {
        leave(new byte[2_000_000]);

        run();

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void leftoversLongerThanTheFileAreDownloadedAnew() throws Exception {
        leave(new byte[content.length + 1]);

        run();

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aFileThatChangesBetweenTwoTriesIsNotMixed() throws Exception {
        byte[] old = content.clone();
        Arrays.fill(old, 0, 1000, (byte) 0);
        server.put(FILE, old);
        server.setCutAfter(1_000_000);
        Progress change = (what, done, total) -> server.put(FILE, content);

        download(server.uri(FILE)).run("disk", QUICK, change);

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void anotherFileThanExpectedIsRefusedAndForgotten() {
        byte[] other = content.clone();
        other[5] ^= 1;
        server.put(FILE, other);

        assertRefused(server.uri(FILE), "the SHA-256 digest is another");
        assertThat(target).doesNotExist();
    }

    @Test
    void aFileOfAnotherSizeIsRefusedAtOnce() {
        server.put(FILE, new byte[10]);

        assertRefused(server.uri(FILE), "it has 10 bytes instead of 3000000");
        assertThat(server.requests(FILE)).hasSize(1);
    }

    @Test
    void aServerThatRecoversIsTriedAgain() throws Exception {
        server.failNext(2);

        run();

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aServerThatDoesNotRecoverIsGivenUp() {
        server.failNext(100);

        assertRefused(server.uri(FILE), "answered with HTTP status 503");
        assertThat(server.requests(FILE)).hasSize(3);
    }

    @Test
    void aServerWithoutRangesThatAlwaysCutsIsGivenUp() {
        server.setRanges(false);
        server.setCutAfter(1_000_000);

        assertRefused(server.uri(FILE), "the connection ended after 1000000 of 3000000 bytes");
    }

    @Test
    void aMissingFileIsNotTriedAgain() {
        assertRefused(server.uri("/missing"), "answered with HTTP status 404");
        assertThat(server.requests("/missing")).hasSize(1);
    }

    @Test
    void aServerThatStallsIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + FILE);

            assertRefused(uri, "Read timed out");
        }
    }

    @Test
    void redirectsAreFollowedWithoutThePassword() throws Exception {
        try (UnreliableServer other = new UnreliableServer()) {
            other.put("/there", content);
            server.redirect("/here", other.uri("/there"));

            download(secret(server.uri("/here"))).run("disk", QUICK, Progress.NONE);

            assertThat(target).hasBinaryContent(content);
            assertThat(server.requests("/here"))
                    .singleElement()
                    .extracting(UnreliableServer.Request::authorization)
                    .isEqualTo(Optional.of("Basic bWU6aHVudGVyMg=="));
            assertThat(other.requests("/there"))
                    .singleElement()
                    .extracting(UnreliableServer.Request::authorization)
                    .isEqualTo(Optional.empty());
        }
    }

    @Test
    void endlessRedirectsEnd() {
        server.redirect("/here", server.uri("/here"));

        assertRefused(server.uri("/here"), "from redirect to redirect");
    }

    @Test
    void aPasswordIsNeverTold() {
        HostFailure failure =
                catchThrowableOfType(HostFailure.class, () -> download(secret(server.uri("/missing?token=hunter2")))
                        .run("disk", QUICK, Progress.NONE));

        assertThat(failure.getMessage() + failure.help())
                .doesNotContain("hunter2")
                .contains("/missing");
    }

    @Test
    void anInterruptEndsADownloadAndKeepsWhatArrived() throws Exception {
        server.setBytesPerSecond(1_000_000);
        Thread worker = Thread.currentThread();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> download(server.uri(FILE))
                .run("disk", QUICK, (what, done, total) -> worker.interrupt()));

        assertThat(Files.size(target)).isPositive();
    }

    private void run() throws IOException, InterruptedException {
        download(server.uri(FILE)).run("disk", QUICK, Progress.NONE);
    }

    private Download download(URI uri) throws HostFailure {
        MessageDigest digest = Sha256.start();
        digest.update(content);
        return new Download(WebAddress.of(uri), Sha256.hex(digest), content.length, target);
    }

    private void assertRefused(URI uri, String words) {
        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> download(uri).run("disk", QUICK, Progress.NONE))
                .withMessageContaining(words);
    }

    private void leave(byte[] bytes) throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(target, bytes);
    }

    private static URI secret(URI uri) {
        return URI.create(uri.toString().replace("http://", "http://me:hunter2@"));
    }
}
