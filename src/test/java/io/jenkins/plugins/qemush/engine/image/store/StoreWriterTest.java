package io.jenkins.plugins.qemush.engine.image.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.HandMade;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWriterTest {
    @TempDir
    Path temp;

    private Path folder;
    private ImageStore store;

    @BeforeEach
    void writeImage() throws Exception {
        folder = temp.resolve("ein Bild für alle");
        SampleImage.write(folder, "sample", "x86", 100_000);
        store = new ImageStore(temp.resolve("a störe"));
    }

    @Test
    void anAddedImageIsReadyAtOnce() throws Exception {
        Image added = add(folder);
        List<String> work = new ArrayList<>();

        Image ready = store.ready("sample", (what, done, total) -> work.add(what));

        assertThat(ready).isEqualTo(added);
        assertThat(ready.disk()).hasSameBinaryContentAs(folder.resolve("disk.img"));
        assertThat(work).isEmpty();
    }

    @Test
    void whoMayReadAnImageMayReadThatItIsVerified() throws Exception {
        Path image = add(folder).folder();

        assertThat(Files.getPosixFilePermissions(image.resolve(".verified")))
                .isEqualTo(Files.getPosixFilePermissions(image.resolve("image.json")));
    }

    @Test
    void theManifestsOwnPathAndFileAddressesNameTheImageToo() throws Exception {
        ImageSource byFile = ImageSource.at(folder.resolve("image.json").toString());
        ImageSource byAddress =
                ImageSource.at(folder.resolve("image.json").toUri().toString());

        assertThat(byFile.name()).isEqualTo("sample");
        assertThat(byAddress.name()).isEqualTo("sample");
    }

    @Test
    void addingAnImageThatIsThereDoesNothing() throws Exception {
        Image first = add(folder);

        assertThat(add(folder).folder()).isEqualTo(first.folder());
    }

    @Test
    void aDamagedImageIsReplacedByTheSameOneWhole() throws Exception {
        Files.write(add(folder).disk(), new byte[5]);

        assertThat(add(folder).disk()).hasSize(100_000);
    }

    @Test
    void whoIsJustBootingFindsTheReplacedVersionsFiles() throws Exception {
        Image old = add(folder);
        SampleImage.write(folder, "sample", "x86", 200_000);

        Image fresh = add(folder);

        assertThat(old.disk()).hasSize(100_000);
        assertThat(fresh.disk()).hasSize(200_000);
        assertThat(store.find("sample")).isEqualTo(fresh);
    }

    @Test
    void aVersionReplacedLongAgoIsRemovedByTheNextWriter() throws Exception {
        Image old = add(folder);
        SampleImage.write(folder, "sample", "x86", 200_000);
        Image fresh = add(folder);
        Files.setLastModifiedTime(old.folder(), FileTime.from(Instant.now().minusSeconds(TimeUnit.HOURS.toSeconds(2))));
        Files.setLastModifiedTime(
                fresh.folder(), FileTime.from(Instant.now().minusSeconds(TimeUnit.HOURS.toSeconds(2))));

        add(folder);

        assertThat(old.folder()).doesNotExist();
        assertThat(store.find("sample")).isEqualTo(fresh);
    }

    @Test
    void aFolderThatSomebodyPutIntoTheStoreIsReplacedToo() throws Exception {
        SampleImage.write(store.root().resolve("sample"), "sample", "x86", 10);

        add(folder);

        assertThat(store.find("sample").disk()).hasSize(100_000);
    }

    @Test
    void aDamagedOriginalDoesNotGetIn() throws Exception {
        byte[] disk = Files.readAllBytes(folder.resolve("disk.img"));
        disk[9] ^= 1;
        Files.write(folder.resolve("disk.img"), disk);

        assertRefused(() -> add(folder), "The disk of the image sample is damaged");
        assertThat(store.list().images()).isEmpty();
    }

    @Test
    void aDiskThatReadsAnotherFileOfTheHostDoesNotGetIn() throws Exception {
        Path disk = temp.resolve("overlay.qcow2");
        Process process = new ProcessBuilder(
                        "qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", "/etc/passwd", disk.toString())
                .start();
        assertThat(process.waitFor()).isZero();
        ImageSource source = ImageSource.handMade("overlay", HandMade.of("x86", folder.resolve("kernel"), disk));

        assertRefused(() -> store.add(source, Progress.NONE), "needs another file");
    }

    @Test
    void aHandMadePairGetsAManifestWithDigests() throws Exception {
        HandMade pair = HandMade.of("i386", folder.resolve("kernel"), folder.resolve("disk.img"));

        Image added = store.add(ImageSource.handMade("mine", pair), Progress.NONE);

        assertThat(added.disk().getFileName()).hasToString("disk.raw");
        assertThat(added.manifest().disk().file().sha256()).contains(SampleImage.sha256(folder.resolve("disk.img")));
        assertThat(store.find("mine")).isEqualTo(added);
    }

    @Test
    void holesInADiskStayHoles() throws Exception {
        Path disk = temp.resolve("sparse");
        long size = 300L << 20;
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(size);
            file.seek(100L << 20);
            file.write(1);
        }
        HandMade pair = HandMade.of("x86", folder.resolve("kernel"), disk);

        Image added = store.add(ImageSource.handMade("sparse", pair), Progress.NONE);

        assertThat(added.disk()).hasSize(size);
        // Not by AssertJ, which takes half a minute for it.
        assertThat(Files.mismatch(added.disk(), disk)).isEqualTo(-1);
        assertThat(blocks(added.disk())).isLessThan(1000);
    }

    @Test
    void verifyTellsWhichFileIsDamaged() throws Exception {
        Image image = add(folder);
        FileTime before = Files.getLastModifiedTime(image.disk());
        byte[] disk = Files.readAllBytes(image.disk());
        disk[9] ^= 1;
        Files.write(image.disk(), disk);
        Files.setLastModifiedTime(image.disk(), before);

        List<FileCheck> checks = store.verify("sample", Progress.NONE);

        assertThat(checks)
                .filteredOn(check -> check.damage().isPresent())
                .singleElement()
                .extracting(FileCheck::role)
                .isEqualTo("disk");
    }

    @Test
    void verifyTellsOfAMissingFile() throws Exception {
        Files.delete(add(folder).kernel());

        assertThat(store.verify("sample", Progress.NONE).get(0).damage().orElseThrow())
                .hasMessageContaining("kernel, is missing");
    }

    @Test
    void aRemovedImageLeavesNothing() throws Exception {
        Image image = add(folder);

        store.remove("sample", Progress.NONE);

        assertThat(image.folder()).doesNotExist();
        assertThat(store.list().images()).isEmpty();
        assertRefused(() -> store.remove("sample", Progress.NONE), "no image \"sample\"");
    }

    @Test
    void aDamagedImageCanBeRemoved() throws Exception {
        Files.delete(add(folder).folder().resolve("image.json"));

        store.remove("sample", Progress.NONE);

        assertThat(store.root().resolve("sample")).doesNotExist();
    }

    @Test
    void anExportedImageCanBeAddedElsewhere() throws Exception {
        Image image = add(folder);
        Path export = temp.resolve("mit auf den Weg/sample");

        store.export("sample", export, Progress.NONE);

        ImageStore other = new ImageStore(temp.resolve("other"));
        assertThat(other.add(ImageSource.folder(export), Progress.NONE).manifest())
                .isEqualTo(image.manifest());
        assertThat(export).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void anExportDoesNotTouchWhatIsThere() throws Exception {
        add(folder);
        Path taken = Files.createDirectory(temp.resolve("taken"));
        Path mine = Files.writeString(taken.resolve("mine"), "mine");

        assertRefused(() -> store.export("sample", taken, Progress.NONE), "is no empty folder");
        assertThat(mine).hasContent("mine");
    }

    private Image add(Path from) throws Exception {
        return store.add(ImageSource.folder(from), Progress.NONE);
    }

    private static long blocks(Path file) throws Exception {
        Process stat = new ProcessBuilder("stat", "--format=%b", file.toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes(), "US-ASCII").strip());
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String words) {
        assertThatExceptionOfType(HostFailure.class).isThrownBy(work).withMessageContaining(words);
    }
}
