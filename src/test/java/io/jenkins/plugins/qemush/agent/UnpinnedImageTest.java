package io.jenkins.plugins.qemush.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server without a digest decides what runs in the guest, but not what QEMU does on the agent. */
class UnpinnedImageTest {
    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        SampleImage.write(folder.resolve("image"), "sample", "aarch64", 1024);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] file = Files.readAllBytes(
                    folder.resolve(exchange.getRequestURI().getPath().substring(1)));
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Path manifest() {
        return folder.resolve("image").resolve(Image.MANIFEST);
    }

    private void setMachine(String fields) throws IOException {
        String json = Files.readString(manifest()).strip();
        Files.writeString(manifest(), json.substring(0, json.length() - 1) + ", \"machine\": {" + fields + "}}");
    }

    private Image ready(String sha256) throws Exception {
        String place = "http://127.0.0.1:" + server.getAddress().getPort() + "/image/image.json";
        return new ImageChoice.Located(place, sha256).ready(new ImageStore(folder.resolve("store")), Progress.NONE);
    }

    @Test
    void plainWordsAreTaken() throws Exception {
        setMachine("\"machine\": \"virt\", \"cpu\": \"max,sve=off\", \"memory\": 300");
        assertThat(ready(null).manifest().machine().memory()).contains(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"qemuArguments\": [\"-chardev\", \"file,id=x,path=/tmp/x\"]",
                "\"machine\": \"virt,dumpdtb=/tmp/x\"",
                "\"net\": \"lan9118,id=x\"",
                "\"cpu\": \"max;x\""
            })
    void moreThanAWordNeedsADigest(String field) throws Exception {
        setMachine(field);
        assertThatThrownBy(() -> ready(null))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("machine." + field.substring(1, field.indexOf('"', 1)));
        assertThat(folder.resolve("store/sample")).doesNotExist();
        assertThat(ready(SampleImage.sha256(manifest())).manifest().name()).isEqualTo("sample");
    }
}
