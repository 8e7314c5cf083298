package io.jenkins.plugins.qemush.engine.image;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.FileKind.Role;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {
    private static final int LENGTH = 70_000;

    @TempDir
    private Path folder;

    /** The role, the bytes at an offset, and what the file is called when it is refused. */
    @ParameterizedTest(name = "{0} {2}")
    @CsvSource({
        "KERNEL, 0:514649fb, a qcow2 disk",
        "KERNEL, 438:53ef 44c:01000000, 'an ext2, ext3 or ext4 file system'",
        "KERNEL, 200:4546492050415254, a disk with partitions",
        "KERNEL, 0:303730373031, a cpio archive",
        "KERNEL, 101:7573746172, a tar archive",
        "KERNEL, 0:504b0304, a zip archive",
        "KERNEL, 0:fd377a585a00, compressed with xz",
        "KERNEL, 0:d00dfeed, a device tree",
        "KERNEL, 0:7f454c460201 10:0100, an object file or a kernel module",
        "INITRD, 0:7f454c460201 10:0200, an ELF program",
        "INITRD, 0:514649fb, a qcow2 disk",
        "INITRD, 38:41524d64, a kernel (arm64 Image)",
        "DTB, 0:00000000, no device tree",
        "FIRMWARE, 0:514649fb, a qcow2 disk",
        "DISK, 38:41524d64, a kernel (arm64 Image)",
        "DISK, 0:4b444d56, a VMDK disk",
        "DISK, 0:fd377a585a00, compressed with xz",
        "DISK, 101:7573746172, a tar archive"
    })
    void whatSomebodyGaveByMistakeIsNamed(Role role, String patches, String kind) throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes(patches));

        assertRefused(file, role, kind);
    }

    @ParameterizedTest
    @CsvSource({
        "KERNEL, 0:00",
        "KERNEL, 38:41524d64",
        "KERNEL, 0:27051956",
        "KERNEL, 0:7f454c460201 10:0200",
        "INITRD, 0:303730373031",
        "INITRD, 0:28b52ffd",
        "INITRD, 0:68737173",
        "DTB, 0:d00dfeed",
        "FIRMWARE, 0:7f454c460201 10:0200",
        "DISK, 0:00",
        "DISK, 438:53ef 44c:01000000"
    })
    void whatIsWantedOrUnknownPasses(Role role, String patches) throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes(patches));

        assertThatCode(() -> FileKind.require(file, role)).doesNotThrowAnyException();
    }

    @Test
    void gzipIsLookedInto() throws Exception {
        Path tar = zipped("101:7573746172");
        Path cpio = zipped("0:303730373031");

        assertRefused(tar, Role.INITRD, "a tar archive, compressed with gzip");
        assertRefused(tar, Role.KERNEL, "a tar archive, compressed with gzip");
        assertRefused(cpio, Role.DISK, "compressed with gzip");
        assertThatCode(() -> FileKind.require(cpio, Role.INITRD)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "some words, a text file",
        "<!DOCTYPE html>, a web page",
        "version https://git-lfs.github.com/spec/v1, a pointer of Git LFS",
        "/dts-v1/;, the source of a device tree"
    })
    void textIsNothingToBoot(String text, String kind) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), text, StandardCharsets.UTF_8);

        for (Role role : Role.values()) {
            assertRefused(file, role, kind);
        }
    }

    private static void assertRefused(Path file, Role role, String kind) {
        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> FileKind.require(file, role))
                .withMessageContainingAll(file.toString(), "is " + kind);
    }

    private Path zipped(String patches) throws Exception {
        Path file = folder.resolve(patches.replace(":", "-") + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes(patches));
        }
        return file;
    }

    /** Zeros with bytes at hexadecimal offsets. */
    private static byte[] bytes(String patches) {
        byte[] file = new byte[LENGTH];
        for (String patch : patches.split(" ")) {
            byte[] value = HexFormat.of().parseHex(patch.substring(patch.indexOf(':') + 1));
            int offset = HexFormat.fromHexDigits(patch, 0, patch.indexOf(':'));
            System.arraycopy(value, 0, file, offset, value.length);
        }
        return file;
    }
}
