package io.jenkins.plugins.qemush.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandMadeTest {
    private static final int CLUSTER = 1 << 16;

    @TempDir
    Path temp;

    private Path kernel;
    private Path disk;

    @BeforeEach
    void writeFiles() throws Exception {
        kernel = Files.write(temp.resolve("Image mit Ä"), new byte[1000]);
        disk = Files.write(temp.resolve("rootfs ext4"), new byte[4096]);
    }

    @Test
    void twoPathsAreEnough() throws Exception {
        Image image = HandMade.of("arm64", kernel, disk).image("mine");

        assertThat(image.kernel()).isEqualTo(kernel);
        assertThat(image.disk()).isEqualTo(disk);
        assertThat(image.manifest().arch()).isEqualTo("aarch64");
        assertThat(image.manifest().disk().format()).isEqualTo("raw");
        assertThat(image.manifest().kernel().sha256()).isEqualTo(Optional.empty());
    }

    @Test
    void aQcowDiskIsKnownByItsFirstBytes() throws Exception {
        writeQcow(5 * CLUSTER, CLUSTER * 3L, CLUSTER * 4L);

        assertThat(image().manifest().disk().format()).isEqualTo("qcow2");
    }

    @Test
    void aQcowDiskCutWithinItsHeaderIsRefused() throws Exception {
        writeQcow(5 * CLUSTER, CLUSTER * 3L, CLUSTER * 4L);
        cut(50);

        assertRefused("is not a whole qcow2 file: it ends within the header");
    }

    @Test
    void aQcowDiskCutBeforeItsTablesIsRefused() throws Exception {
        writeQcow(5 * CLUSTER, CLUSTER * 3L, CLUSTER * 4L);
        cut(2 * CLUSTER);

        assertRefused("its tables lie beyond the end of the file");
    }

    @Test
    void aQcowDiskCutBeforeItsClustersIsRefused() throws Exception {
        writeQcow(5 * CLUSTER, CLUSTER * 3L, CLUSTER * 4L);
        cut(4 * CLUSTER);

        assertRefused("its clusters lie beyond the end of the file");
    }

    @Test
    void missingEmptyAndWrongFilesAreNamed() throws Exception {
        Files.write(disk, new byte[0]);
        assertRefused("The disk " + disk + " is empty");

        Files.delete(disk);
        assertRefused("The disk " + disk + " does not exist");

        Files.createDirectory(disk);
        assertRefused("The disk " + disk + " is a folder");

        Files.delete(kernel);
        assertRefused("The kernel " + kernel + " does not exist");
    }

    @Test
    void aKernelOfAnotherArchitectureIsRefused() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(kernel.toFile(), "rw")) {
            file.seek(0x30);
            file.write("RISCV".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        assertRefused("is for riscv64 (riscv Image), not for aarch64");
    }

    private Image image() throws HostFailure {
        return HandMade.of("aarch64", kernel, disk).image("mine");
    }

    private void assertRefused(String words) {
        assertThatExceptionOfType(HostFailure.class).isThrownBy(this::image).withMessageContaining(words);
    }

    /** A qcow2 file of version 3 with 64 kB clusters: header, refcounts, one L1 entry, one L2 table. */
    private void writeQcow(int length, long l1Table, long l2Table) throws Exception {
        ByteBuffer file = ByteBuffer.allocate(length);
        file.putInt(0, 0x514649fb).putInt(4, 3).putInt(20, 16).putLong(24, 1 << 20);
        file.putInt(36, 1)
                .putLong(40, l1Table)
                .putLong(48, CLUSTER)
                .putInt(56, 1)
                .putInt(100, 104);
        file.putLong((int) l1Table, l2Table | 1L << 63);
        Files.write(disk, file.array());
    }

    private void cut(int length) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(length);
        }
    }
}
