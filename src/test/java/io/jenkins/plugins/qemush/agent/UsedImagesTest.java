package io.jenkins.plugins.qemush.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsedImagesTest {
    @TempDir
    private Path folder;

    private UsedImages used;

    @BeforeEach
    void used() {
        used = new UsedImages(folder.resolve("used"));
    }

    private void lastUse(String image, Duration ago) throws Exception {
        used.mark(image);
        Files.setLastModifiedTime(
                used.folder().resolve(image), FileTime.from(Instant.now().minus(ago)));
    }

    @Test
    void imageIsInUseFromItsFirstUseOn() throws Exception {
        assertThat(used.has("debian-armhf")).isFalse();

        used.mark("debian-armhf");

        assertThat(used.has("debian-armhf")).isTrue();
        assertThat(used.has("debian-s390x")).isFalse();
    }

    @Test
    void imageThatNobodyUsesForLongIsNotInUse() throws Exception {
        lastUse("debian-armhf", Duration.ofDays(4));
        assertThat(used.has("debian-armhf")).isTrue();
        lastUse("debian-armhf", UsedImages.IN_USE.plusMinutes(1));
        assertThat(used.has("debian-armhf")).isFalse();

        used.mark("debian-armhf");

        assertThat(used.has("debian-armhf")).isTrue();
    }

    @Test
    void forgottenImageIsNotInUse() throws Exception {
        used.mark("debian-armhf");
        used.forget("debian-armhf");
        used.forget("debian-s390x");

        assertThat(used.has("debian-armhf")).isFalse();
    }
}
