package io.jenkins.plugins.qemush.engine.image.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of single files, at paths and on a web server. */
class PlacedSourceTest {
    @TempDir
    Path temp;

    private Path folder;
    private ImageStore store;
    private HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    @BeforeEach
    void offerFiles() throws Exception {
        folder = temp.resolve("offered");
        SampleImage.write(folder, "sample", "x86", 100_000);
        store = new ImageStore(temp.resolve("store"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] content = Files.readAllBytes(
                    folder.resolve(exchange.getRequestURI().getPath().substring(1)));
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void filesOfAServerAndOfThisHostMakeAnImageWithDigests() throws Exception {
        Image image =
                add(url("kernel"), digest("kernel"), folder.resolve("disk.img").toString(), Optional.empty());

        assertThat(image.disk()).hasSameBinaryContentAs(folder.resolve("disk.img"));
        assertThat(image.manifest().kernel().sha256()).isEqualTo(digest("kernel"));
        assertThat(image.manifest().disk().file().sha256()).isEqualTo(digest("disk.img"));
    }

    @Test
    void imageThatTheStoreHasIsNotDownloadedAgain() throws Exception {
        add(url("kernel"), Optional.empty(), url("disk.img"), Optional.empty());
        int before = requests.get();

        add(url("kernel"), Optional.empty(), url("disk.img"), Optional.empty());

        assertThat(requests.get()).isEqualTo(before);
    }

    @Test
    void fileOfThisHostThatChangedIsTakenAnew() throws Exception {
        String disk = folder.resolve("disk.img").toString();
        add(url("kernel"), Optional.empty(), disk, Optional.empty());
        Files.write(Path.of(disk), new byte[50_000]);

        Image image = add(url("kernel"), Optional.empty(), disk, Optional.empty());

        assertThat(Files.size(image.disk())).isEqualTo(50_000);
    }

    @Test
    void fileOfAServerThatIsAnotherThanExpectedIsRefused() {
        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> add(url("kernel"), digest("disk.img"), url("disk.img"), Optional.empty()))
                .withMessageContaining("not the file that is expected");
    }

    @Test
    void fileOfThisHostThatIsAnotherThanExpectedIsRefused() {
        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> add(
                        url("kernel"),
                        Optional.empty(),
                        folder.resolve("disk.img").toString(),
                        digest("kernel")))
                .withMessageContaining("The disk of sample")
                .withMessageContaining("not the file that is expected");
        assertThat(store.root().resolve("sample")).doesNotExist();
    }

    private Optional<String> digest(String file) throws Exception {
        return Optional.of(SampleImage.sha256(folder.resolve(file)));
    }

    private String url(String file) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file;
    }

    private Image add(String kernel, Optional<String> kernelDigest, String disk, Optional<String> diskDigest)
            throws Exception {
        Map<String, PlacedFile> files = new LinkedHashMap<>();
        files.put("kernel", new PlacedFile(kernel, kernelDigest));
        files.put("disk", new PlacedFile(disk, diskDigest));
        return store.add(ImageSource.placed("sample", "x86", files), Progress.NONE);
    }
}
