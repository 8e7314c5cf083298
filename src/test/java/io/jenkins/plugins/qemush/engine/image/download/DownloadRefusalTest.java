package io.jenkins.plugins.qemush.engine.image.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be had, or is not what was expected, is refused with the reason. */
class DownloadRefusalTest {
    private ServedFile file;

    @BeforeEach
    void serve(@TempDir Path temp) throws IOException {
        file = new ServedFile(temp);
    }

    @AfterEach
    void stop() {
        file.close();
    }

    @Test
    void anotherFileThanExpectedIsRefusedAndForgotten() {
        byte[] other = file.content().clone();
        other[5] ^= 1;
        file.server().put(ServedFile.NAME, other);

        file.assertRefused(file.uri(), "the SHA-256 digest is another");
        assertThat(file.target()).doesNotExist();
    }

    @Test
    void aFileOfAnotherSizeIsRefusedAtOnce() {
        file.server().put(ServedFile.NAME, new byte[10]);

        file.assertRefused(file.uri(), "it has 10 bytes instead of 3000000");
        assertThat(file.server().requests(ServedFile.NAME)).hasSize(1);
    }

    @Test
    void aServerThatDoesNotRecoverIsGivenUp() {
        file.server().failNext(100);

        file.assertRefused(file.uri(), "answered with HTTP status 503");
        assertThat(file.server().requests(ServedFile.NAME)).hasSize(3);
    }

    @Test
    void aServerWithoutRangesThatAlwaysCutsIsGivenUp() {
        file.server().setRanges(false);
        file.server().setCutAfter(1_000_000);

        file.assertRefused(file.uri(), "the connection ended after 1000000 of 3000000 bytes");
    }

    @Test
    void aMissingFileIsNotTriedAgain() {
        file.assertRefused(file.server().uri("/missing"), "answered with HTTP status 404");
        assertThat(file.server().requests("/missing")).hasSize(1);
    }

    @Test
    void aServerThatStallsIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + ServedFile.NAME);

            file.assertRefused(uri, "Read timed out");
        }
    }

    @Test
    void endlessRedirectsEnd() {
        file.server().redirect("/here", file.server().uri("/here"));

        file.assertRefused(file.server().uri("/here"), "from redirect to redirect");
    }
}
