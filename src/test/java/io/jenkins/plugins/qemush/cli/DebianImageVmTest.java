package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts find in the default image. */
@Tag("vm")
class DebianImageVmTest {
    private static final String EXPECTED_OF_A_DEBIAN =
            """
            . /etc/os-release && test "$ID" = debian
            test -s /etc/debian_version
            test "$LANG" = C.UTF-8
            test "$(stat -c %a /var/tmp)" = 1777
            nohup true
            install -m 600 /etc/hosts ./copy && test "$(stat -c %a copy)" = 600
            flock ./lock true
            printenv HOME
            locale -a | grep -qi 'C.utf'
            getent services ssh
            test "$(bash -c 'echo ${#1}' x ü)" = 1
            nslookup localhost 10.0.2.3 || test $? = 1
            test "$(wget -q -O- http://10.0.2.2:PORT/)" = fetched
            test "$(wget -q -O- http://host:PORT/)" = fetched
            echo so far all is there
            make
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"aarch64", "s390x"})
    void defaultImageHasWhatScriptsExpectOfADebianAndTellsWhatItLacks(String arch) throws Exception {
        HttpServer server = server();
        String expected =
                EXPECTED_OF_A_DEBIAN.replace("PORT", "" + server.getAddress().getPort());
        try (Tool tool = new Tool(folder)) {
            Tool.Result result =
                    tool.run("run", "--image", TestImages.folder(arch).toString(), "--", "sh", "-exc", expected);

            assertThat(result.out()).as(result.err()).endsWith("so far all is there\n");
            assertThat(result.status()).isEqualTo(127);
            assertThat(result.err().lines().filter(line -> line.startsWith("qemu-sh: For ")))
                    .singleElement(as(STRING))
                    .startsWith("qemu-sh: For make the image")
                    .endsWith("qemu-sh image build --arch " + arch + " --include make --name " + arch + "-dev.");
        } finally {
            server.stop(0);
        }
    }

    /** Says "fetched", on the host's loopback, which guests reach as 10.0.2.2. */
    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("fetched\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        return server;
    }
}
