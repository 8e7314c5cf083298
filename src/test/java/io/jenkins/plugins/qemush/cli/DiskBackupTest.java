package io.jenkins.plugins.qemush.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code prepare} keeps of a disk. */
class DiskBackupTest {
    private static final long SIZE = 100L << 20;

    @TempDir
    private Path folder;

    private final Console console = new Console(new PrintStream(new ByteArrayOutputStream()));
    private Path disk;

    @BeforeEach
    void sparseDisk() throws IOException {
        disk = folder.resolve("root.ext4");
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(SIZE);
            file.seek(SIZE / 2);
            file.write(1);
        }
    }

    @Test
    void holesOfTheDiskAreHolesInItsBackup() throws Exception {
        Path backup = DiskBackup.keep(disk, console);

        assertThat(backup).hasFileName("root.ext4.bak").hasSize(SIZE);
        assertThat(Files.mismatch(backup, disk)).isEqualTo(-1);
        assertThat(blocks(backup)).isLessThan(1000);
    }

    @Test
    void backupOfAPrivateDiskIsPrivate() throws Exception {
        Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rw-------"));

        assertThat(Files.getPosixFilePermissions(DiskBackup.keep(disk, console)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void firstBackupStaysWhatItIs() throws Exception {
        Files.writeString(folder.resolve("root.ext4.bak"), "as it was");

        assertThat(DiskBackup.keep(disk, console)).hasContent("as it was");
    }

    @Test
    void pieceOfAnInterruptedBackupIsReplaced() throws Exception {
        Files.write(folder.resolve("root.ext4.bak.part"), new byte[(int) SIZE + 1]);

        assertThat(DiskBackup.keep(disk, console)).hasSize(SIZE);
        assertThat(folder.resolve("root.ext4.bak.part")).doesNotExist();
    }

    /** What the file takes on the disk, in blocks of 512 bytes. */
    private static long blocks(Path file) throws IOException {
        Process stat = new ProcessBuilder("stat", "--format=%b", file.toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes(), US_ASCII).strip());
    }
}
