package io.jenkins.plugins.qemush.engine.image.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
    @TempDir
    Path temp;

    private Path root;
    private ImageStore store;

    @BeforeEach
    void openStore() {
        root = temp.resolve("a störe");
        store = new ImageStore(root);
    }

    @Test
    void aStoreThatDoesNotExistIsEmpty() throws Exception {
        assertThat(store.list().images()).isEmpty();
        assertThat(root).doesNotExist();
    }

    @Test
    void imagesAreListedByName() throws Exception {
        write("zebra", "x86");
        write("antelope", "s390x");
        Files.createDirectory(root.resolve(".incoming-x"));

        assertThat(store.list().images())
                .extracting(image -> image.manifest().name())
                .containsExactly("antelope", "zebra");
    }

    @Test
    void oneDamagedImageDoesNotHideTheOthers() throws Exception {
        write("good", "x86");
        write("bad", "x86");
        Files.delete(root.resolve("bad/kernel"));

        ImageStore.Listing listing = store.list();

        assertThat(listing.images()).hasSize(1);
        assertThat(listing.damaged()).singleElement().asString().contains("bad/image.json");
    }

    @Test
    void anUnknownNameTellsWhichThereAre() throws Exception {
        write("good", "x86");

        HostFailure failure = catchThrowableOfType(HostFailure.class, () -> store.find("godo"));

        assertThat(failure).hasMessageContaining("no image \"godo\"");
        assertThat(failure.help()).isEqualTo("There are: good.");
    }

    @Test
    void aNameCannotLeadOutOfTheStore() throws Exception {
        SampleImage.write(temp.resolve("outside"), "outside", "x86", 10);
        Files.createDirectories(root);

        assertThatExceptionOfType(HostFailure.class).isThrownBy(() -> store.find("../outside"));
    }

    @Test
    void aFolderWithAnotherImagesNameIsRefused() throws Exception {
        SampleImage.write(root.resolve("one"), "other", "x86", 10);

        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> store.find("one"))
                .withMessageContaining("is called \"other\"");
    }

    @Test
    void theDefaultOfAnArchitectureIsTheDebianOne() throws Exception {
        write("another", "aarch64");
        write("debian-aarch64", "aarch64");

        assertThat(store.findDefault("arm64").manifest().name()).isEqualTo("debian-aarch64");
    }

    @Test
    void theOnlyImageOfAnArchitectureIsItsDefault() throws Exception {
        write("mine", "aarch64");
        write("debian-x86", "x86");

        assertThat(store.findDefault("aarch64").manifest().name()).isEqualTo("mine");
    }

    @Test
    void noneOrSeveralImagesAreNoDefault() throws Exception {
        HostFailure none = catchThrowableOfType(HostFailure.class, () -> store.findDefault("arm64"));
        assertThat(none.help()).contains("qemu-sh image build --arch aarch64", "qemu-sh image add");

        write("one", "aarch64");
        write("two", "aarch64");
        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> store.findDefault("aarch64"))
                .withMessageContaining("one, two");
    }

    @Test
    void anImageIsHashedOnceAndThenOnlyLookedAt() throws Exception {
        write("sample", "x86");
        List<String> work = new ArrayList<>();
        Progress listener = (what, done, total) -> work.add(what);

        store.ready("sample", listener);
        assertThat(work).isNotEmpty();

        work.clear();
        assertThat(store.ready("sample", listener).manifest().name()).isEqualTo("sample");
        assertThat(work).isEmpty();
    }

    @Test
    void aFileThatChangedIsHashedAgainBeforeABoot() throws Exception {
        write("sample", "x86");
        Image image = store.ready("sample", Progress.NONE);
        byte[] disk = Files.readAllBytes(image.disk());
        disk[7] ^= 1;
        FileTime before = Files.getLastModifiedTime(image.disk());
        Files.write(image.disk(), disk);
        Files.setLastModifiedTime(image.disk(), FileTime.fromMillis(before.toMillis() + 1));

        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> store.ready("sample", Progress.NONE))
                .withMessageContainingAll("The disk of the image sample is damaged", "disk.img");
    }

    private void write(String name, String arch) throws Exception {
        SampleImage.write(root.resolve(name), name, arch, 1000);
    }
}
