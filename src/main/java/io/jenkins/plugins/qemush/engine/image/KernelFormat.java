package io.jenkins.plugins.qemush.engine.image;

import static io.jenkins.plugins.qemush.engine.image.Magic.bits;
import static io.jenkins.plugins.qemush.engine.image.Magic.hex;
import static io.jenkins.plugins.qemush.engine.image.Magic.text;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A form that Linux kernels come in, and the architectures it is for.
 *
 * @param title for people
 * @param archs names in the machine table; empty for architectures that it does not have
 * @param magic the bytes that tell it; all must match
 */
record KernelFormat(String title, Set<String> archs, List<Magic> magic) {

    /**
     * Offsets from the kernel's own documentation: {@code arch/arm64/booting.rst}, {@code arch/riscv/boot-image-header.rst},
     * {@code arch/x86/boot.rst} ({@code xloadflags} bit 0 at 0x236 since protocol 2.12), {@code arch/arm/boot/compressed/head.S},
     * {@code arch/s390/boot/head.S}, {@code drivers/firmware/efi/libstub/zboot-header.S}; ELF numbers from {@code elf.h}.
     */
    private static final List<KernelFormat> TABLE = List.of(
            format("arm64 Image", "aarch64", text(0x38, "ARMd")),
            format("arm zImage", "armhf", hex(0x24, "18286f01")),
            format("riscv Image", "riscv64", text(0x30, "RISCV")),
            format("riscv Image", "riscv64", text(0x38, "RSC\u0005")),
            format("64-bit x86 bzImage", "x86_64", text(0x202, "HdrS"), bits(0x206, 0xfc, 0x0c), bits(0x236, 1, 1)),
            format("32-bit x86 bzImage", "x86", text(0x202, "HdrS"), bits(0x206, 0xfc, 0x0c), bits(0x236, 1, 0)),
            format("s390x kernel", "s390x", text(0x10008, "S390EP")),
            format("EFI zboot image for aarch64", "aarch64", text(4, "zimg"), text(0x40, "PE"), hex(0x44, "64aa")),
            format("EFI zboot image for riscv64", "riscv64", text(4, "zimg"), text(0x40, "PE"), hex(0x44, "6450")),
            format("EFI zboot image for loongarch64", "", text(4, "zimg"), text(0x40, "PE"), hex(0x44, "6462")),
            elf("aarch64 ELF file", "aarch64", "0201", hex(0x12, "b700")),
            elf("32-bit arm ELF file", "armhf", "0101", hex(0x12, "2800")),
            elf("x86_64 ELF file", "x86_64", "0201", hex(0x12, "3e00")),
            elf("32-bit x86 ELF file", "x86", "0101", hex(0x12, "0300")),
            elf("64-bit riscv ELF file", "riscv64", "0201", hex(0x12, "f300")),
            elf("32-bit riscv ELF file", "", "0101", hex(0x12, "f300")),
            elf("32-bit big-endian MIPS ELF file", "mips32", "0102", hex(0x12, "0008")),
            // A 64-bit MIPS kernel may come wrapped as a 32-bit file (vmlinux.32).
            elf("32-bit little-endian MIPS ELF file", "mipsel mips64el", "0101", hex(0x12, "0800")),
            elf("64-bit little-endian MIPS ELF file", "mips64el", "0201", hex(0x12, "0800")),
            elf("64-bit big-endian MIPS ELF file", "", "0202", hex(0x12, "0008")),
            elf("64-bit little-endian PowerPC ELF file", "ppc64el", "0201", hex(0x12, "1500")),
            elf("64-bit big-endian PowerPC ELF file", "", "0202", hex(0x12, "0015")),
            // zImage.pseries wraps the 64-bit little-endian kernel as a 32-bit big-endian file.
            elf("PowerPC zImage", "ppc64el", "0102", hex(0x12, "0014")),
            elf("s390x ELF file", "s390x", "0202", hex(0x12, "0016")));

    /** The form of a kernel; empty when it is none of those known. Looks into gzip. */
    static Optional<KernelFormat> of(FileHead head) {
        return TABLE.stream()
                .filter(format -> format.magic.stream().allMatch(magic -> magic.matches(head.content())))
                .findFirst();
    }

    /**
     * Refuses a file that is known to be no kernel, or one for another architecture; one of unknown form passes.
     *
     * @throws HostFailure naming what it is
     */
    static void require(Path kernel, String arch) throws IOException {
        FileKind.require(kernel, FileKind.Role.KERNEL);
        Optional<KernelFormat> format = of(FileHead.of(kernel));
        if (format.isPresent() && !format.get().archs.contains(arch)) {
            String other = format.get().archs.stream().sorted().findFirst().orElse("an unsupported architecture");
            throw new HostFailure(
                    "The kernel " + kernel + " is for " + other + " (" + format.get().title + "), not for " + arch
                            + ".",
                    "Give a kernel for " + arch + ", or the architecture that this kernel is for.");
        }
    }

    private static KernelFormat format(String title, String archs, Magic... magic) {
        return new KernelFormat(title, archs.isEmpty() ? Set.of() : Set.of(archs.split(" ")), List.of(magic));
    }

    /** {@code ident} is the file class (01 is 32 bit, 02 is 64 bit) and the byte order (01 little, 02 big). */
    private static KernelFormat elf(String title, String archs, String ident, Magic machine) {
        return format(title, archs, hex(0, "7f454c46" + ident), machine);
    }
}
