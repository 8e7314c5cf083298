package io.jenkins.plugins.qemush.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {
    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void writeImage() throws Exception {
        folder = temp.resolve("ein Bild für alle");
        SampleImage.write(folder, "sample", "aarch64", 1000);
    }

    @Test
    void itsFilesAreFoundInItsFolder() throws Exception {
        Image image = Image.open(folder);

        assertThat(image.kernel()).isEqualTo(folder.toRealPath().resolve("kernel"));
        assertThat(image.disk()).hasSize(1000);
        assertThat(image.initrd()).isEmpty();
        assertThat(image.machine().name()).isEqualTo("aarch64");
    }

    @Test
    void aFolderWithoutManifestIsNoImage() throws Exception {
        Files.delete(folder.resolve("image.json"));

        assertRefused("holds no image");
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        Files.delete(folder.resolve("kernel"));

        assertRefused("files.kernel, kernel, is missing");
    }

    @Test
    void aCutFileIsNamed() throws Exception {
        Files.write(folder.resolve("disk.img"), new byte[999]);

        assertRefused("files.disk, disk.img, has 999 bytes instead of 1000");
    }

    @Test
    void aLinkOutOfTheFolderIsRefused() throws Exception {
        Path outside = Files.move(folder.resolve("disk.img"), temp.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("disk.img"), outside);

        assertRefused("is a link that leads out of the folder");
    }

    @Test
    void aLinkWithinTheFolderIsFollowed() throws Exception {
        Files.move(folder.resolve("disk.img"), folder.resolve("v1.img"));
        Files.createSymbolicLink(folder.resolve("disk.img"), Path.of("v1.img"));

        assertThat(Image.open(folder).disk()).hasSize(1000);
    }

    @Test
    void aFolderInAFilesPlaceIsRefused() throws Exception {
        Files.delete(folder.resolve("kernel"));
        Files.createDirectory(folder.resolve("kernel"));

        assertRefused("is no regular file");
    }

    private void assertRefused(String words) {
        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> Image.open(folder))
                .withMessageContaining(words);
    }
}
