package io.jenkins.plugins.qemush.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelFormatTest {
    private static final int LENGTH = 70_000;

    @TempDir
    Path temp;

    /** An architecture, and the bytes of a kernel for it as {@code offset:hex}, from real kernels' headers. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            aarch64,  0:4d5a 38:41524d64
            aarch64,  0:4d5a0000 4:7a696d67 40:50450000 44:64aa
            aarch64,  0:7f454c460201 12:b700
            armhf,    24:18286f01
            armhf,    0:7f454c460101 12:2800
            riscv64,  30:5249534356 38:52534305
            riscv64,  0:7f454c460201 12:f300
            x86_64,   0:4d5a 202:48647253 206:0f02 236:7f00
            x86_64,   0:7f454c460201 12:3e00
            x86,      0:4d5a 202:48647253 206:0f02 236:0000
            x86,      0:7f454c460101 12:0300
            mips32,   0:7f454c460102 12:0008
            mipsel,   0:7f454c460101 12:0800
            mips64el, 0:7f454c460201 12:0800
            mips64el, 0:7f454c460101 12:0800
            ppc64el,  0:7f454c460201 12:1500
            ppc64el,  0:7f454c460102 12:0014
            s390x,    10008:533339304550
            s390x,    0:7f454c460202 12:0016
            """)
    void aKernelIsTakenForItsArchitectureAndRefusedForAnother(String arch, String patches) throws Exception {
        String other = arch.equals("s390x") ? "aarch64" : "s390x";
        Path kernel = Files.write(temp.resolve("kernel"), kernel(patches));
        Path zipped = temp.resolve("kernel.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(kernel(patches));
        }

        for (Path file : new Path[] {kernel, zipped}) {
            assertThatCode(() -> KernelFormat.require(file, arch)).doesNotThrowAnyException();
            assertThatExceptionOfType(HostFailure.class)
                    .isThrownBy(() -> KernelFormat.require(file, other))
                    .withMessageContainingAll(file.toString(), "not for " + other);
        }
    }

    @Test
    void widthAndByteOrderTellArchitecturesApart() throws Exception {
        Path bigEndianPower = Files.write(temp.resolve("power"), kernel("0:7f454c460202 12:0015"));
        Path bits32 = Files.write(temp.resolve("x86"), kernel("202:48647253 206:0f02 236:0000"));

        assertThatExceptionOfType(HostFailure.class).isThrownBy(() -> KernelFormat.require(bigEndianPower, "ppc64el"));
        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> KernelFormat.require(bits32, "x86_64"))
                .withMessageContaining("is for x86 (32-bit x86 bzImage), not for x86_64");
    }

    @ParameterizedTest
    @CsvSource({"''", "0:1f8b", "0:1f8b0800", "0:27051956"})
    void whatNobodyKnowsIsNotComplainedOf(String patches) throws Exception {
        Path kernel = Files.write(temp.resolve("kernel"), kernel(patches));

        assertThat(KernelFormat.of(FileHead.of(kernel))).isEmpty();
    }

    @Test
    void anEmptyKernelIsOfNoKnownForm() throws Exception {
        assertThat(KernelFormat.of(FileHead.of(Files.createFile(temp.resolve("empty")))))
                .isEmpty();
    }

    private static byte[] kernel(String patches) {
        byte[] kernel = new byte[LENGTH];
        for (String patch : patches.isEmpty() ? new String[0] : patches.split(" ")) {
            byte[] bytes = HexFormat.of().parseHex(patch.substring(patch.indexOf(':') + 1));
            int offset = HexFormat.fromHexDigits(patch, 0, patch.indexOf(':'));
            System.arraycopy(bytes, 0, kernel, offset, bytes.length);
        }
        return kernel;
    }
}
