package io.jenkins.plugins.qemush.engine.image.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password in an address is for its server alone. */
class DownloadPasswordTest {
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
    void redirectsAreFollowedWithoutThePassword() throws Exception {
        try (UnreliableServer other = new UnreliableServer()) {
            other.put("/there", file.content());
            file.server().redirect("/here", other.uri("/there"));

            file.download(secret(file.server().uri("/here"))).run("disk", ServedFile.QUICK, Progress.NONE);

            assertThat(file.target()).hasBinaryContent(file.content());
            assertThat(file.server().requests("/here"))
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
    void aPasswordIsNeverTold() {
        HostFailure failure = catchThrowableOfType(
                HostFailure.class, () -> file.download(secret(file.server().uri("/missing?token=hunter2")))
                        .run("disk", ServedFile.QUICK, Progress.NONE));

        assertThat(failure.getMessage() + failure.help())
                .doesNotContain("hunter2")
                .contains("/missing");
    }

    private static URI secret(URI uri) {
        return URI.create(uri.toString().replace("http://", "http://me:hunter2@"));
    }
}
