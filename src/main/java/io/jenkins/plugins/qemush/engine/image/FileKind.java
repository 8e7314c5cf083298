package io.jenkins.plugins.qemush.engine.image;

import static io.jenkins.plugins.qemush.engine.image.FileKind.Role.DISK;
import static io.jenkins.plugins.qemush.engine.image.FileKind.Role.DTB;
import static io.jenkins.plugins.qemush.engine.image.FileKind.Role.FIRMWARE;
import static io.jenkins.plugins.qemush.engine.image.FileKind.Role.INITRD;
import static io.jenkins.plugins.qemush.engine.image.FileKind.Role.KERNEL;
import static io.jenkins.plugins.qemush.engine.image.Magic.hex;
import static io.jenkins.plugins.qemush.engine.image.Magic.text;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What people give by mistake where a kernel, an initrd, a device tree or a disk is wanted. A file of no kind in the table may
 * be anything.
 *
 * @param title for people, behind "is"
 * @param roles what it can be
 * @param advice what to do when it is something else
 * @param magic the bytes that tell it; all must match
 */
record FileKind(String title, Set<Role> roles, String advice, List<Magic> magic) {

    /** What a file of an image is for. */
    enum Role {
        KERNEL("kernel"),
        INITRD("initrd"),
        DTB("device tree"),
        FIRMWARE("firmware"),
        DISK("disk");

        private final String word;

        Role(String word) {
            this.word = word;
        }
    }

    private static final String UNPACK = "Unpack it first, and give what was in it.";
    private static final String CONVERT = "Make a disk of it that every QEMU takes: qemu-img convert -O qcow2 OLD NEW.";
    private static final String GIVE_AS = "Give it as ";
    private static final String DOWNLOAD = "Download the file itself; look at it to see what the server said.";

    /** Offsets and values are those of file(1)'s magic and of the formats' own documents. */
    static final List<FileKind> TABLE = List.of(
            kind("a qcow2 disk", Set.of(DISK), GIVE_AS + "--disk.", hex(0, "514649fb")),
            kind("a VMDK disk", Set.of(), CONVERT, text(0, "KDMV")),
            kind("a VDI disk", Set.of(), CONVERT, hex(0x40, "7f10dabe")),
            kind("a VHDX disk", Set.of(), CONVERT, text(0, "vhdxfile")),
            kind("a disk with partitions (GPT)", Set.of(DISK), GIVE_AS + "--disk.", text(0x200, "EFI PART")),
            kind(
                    "an ext2, ext3 or ext4 file system",
                    Set.of(DISK, INITRD),
                    GIVE_AS + "--disk.",
                    hex(0x438, "53ef"),
                    hex(0x44c, "01000000")),
            kind("a Btrfs file system", Set.of(DISK), GIVE_AS + "--disk.", text(0x10040, "_BHRfS_M")),
            kind("an XFS file system", Set.of(DISK), GIVE_AS + "--disk.", text(0, "XFSB")),
            kind("a SquashFS file system", Set.of(DISK, INITRD), GIVE_AS + "--disk.", text(0, "hsqs")),
            kind("an ISO 9660 image", Set.of(DISK), GIVE_AS + "--disk.", text(0x8001, "CD001")),
            kind("a cpio archive", Set.of(INITRD), GIVE_AS + "--initrd.", text(0, "07070")),
            kind("a tar archive", Set.of(), UNPACK, text(257, "ustar")),
            kind("a zip archive", Set.of(), UNPACK, hex(0, "504b0304")),
            kind("a 7z archive", Set.of(), UNPACK, hex(0, "377abcaf271c")),
            kind("a Debian package or static library", Set.of(), UNPACK, text(0, "!<arch>\n")),
            kind("an RPM package", Set.of(), UNPACK, hex(0, "edabeedb")),
            kind("compressed with xz", Set.of(INITRD), UNPACK, hex(0, "fd377a585a00")),
            kind("compressed with bzip2", Set.of(INITRD), UNPACK, text(0, "BZh")),
            kind("compressed with zstd", Set.of(INITRD), UNPACK, hex(0, "28b52ffd")),
            kind("compressed with lz4", Set.of(INITRD), UNPACK, hex(0, "04224d18")),
            kind("compressed with lz4", Set.of(INITRD), UNPACK, hex(0, "02214c18")),
            kind("a device tree or a FIT image", Set.of(DTB), GIVE_AS + "--dtb.", hex(0, "d00dfeed")),
            kind("an object file or a kernel module", Set.of(), "", hex(0, "7f454c46"), hex(5, "01"), hex(16, "0100")),
            kind("an object file or a kernel module", Set.of(), "", hex(0, "7f454c46"), hex(5, "02"), hex(16, "0001")),
            kind("an ELF program or kernel", Set.of(KERNEL, FIRMWARE), "", hex(0, "7f454c46")),
            kind(
                    "a pointer of Git LFS",
                    Set.of(),
                    "Get the file itself: git lfs pull.",
                    text(0, "version https://git-lfs")),
            kind("a web page", Set.of(), DOWNLOAD, text(0, "<!DOCTYPE")),
            kind("a web page", Set.of(), DOWNLOAD, text(0, "<html")),
            kind("the source of a device tree", Set.of(), "Compile it: dtc -O dtb.", text(0, "/dts-v1/")));

    private static final FileKind EMPTY = kind("empty", Set.of(), "");
    private static final FileKind TEXT = kind("a text file", Set.of(), "");
    private static final FileKind GZIP = kind("compressed with gzip", Set.of(KERNEL, INITRD), UNPACK);

    private static final FileKind NO_DEVICE_TREE = kind("no device tree", Set.of(), "");

    /** Text is told by as many bytes. */
    private static final int TEXT_LENGTH = 4096;

    /**
     * Refuses a file that is known to be something else.
     *
     * @throws HostFailure naming what it is, and what to do
     */
    static void require(Path file, Role role) throws IOException {
        FileHead head = FileHead.of(file);
        Optional<FileKind> kind = of(head).or(() -> kernel(head));
        if (kind.isPresent() && !kind.get().roles.contains(role) || kind.isEmpty() && role == DTB) {
            FileKind other = kind.orElse(NO_DEVICE_TREE);
            throw new HostFailure(
                    "The " + role.word + " " + file + " is " + other.title + ".",
                    other.advice.isEmpty() ? "Give a " + role.word + "." : other.advice);
        }
    }

    /** The same for a file that need not be given. */
    static void require(Optional<Path> file, Role role) throws IOException {
        if (file.isPresent()) {
            require(file.get(), role);
        }
    }

    private static Optional<FileKind> kernel(FileHead head) {
        return KernelFormat.of(head)
                .map(form -> kind("a kernel (" + form.title() + ")", Set.of(KERNEL), GIVE_AS + "--kernel."));
    }

    /** Of a gzip file the kind of what is in it, with which it cannot be a disk. */
    private static Optional<FileKind> of(FileHead head) {
        if (!head.isZipped()) {
            return of(head.bytes());
        }
        Optional<FileKind> inner = head.content().length == 0 ? Optional.empty() : of(head.content());
        return Optional.of(
                inner.isEmpty()
                                || inner.get().roles.contains(KERNEL)
                                || inner.get().roles.contains(INITRD)
                        ? GZIP
                        : kind(inner.get().title + ", " + GZIP.title, Set.of(), UNPACK));
    }

    private static Optional<FileKind> of(byte[] head) {
        if (head.length == 0) {
            return Optional.of(EMPTY);
        }
        Optional<FileKind> known = TABLE.stream()
                .filter(kind -> kind.magic.stream().allMatch(magic -> magic.matches(head)))
                .findFirst();
        return known.isEmpty() && isText(head) ? Optional.of(TEXT) : known;
    }

    private static boolean isText(byte[] head) {
        for (int i = 0; i < Math.min(head.length, TEXT_LENGTH); i++) {
            int c = head[i] & 0xff;
            boolean space = c == '\t' || c == '\n' || c == '\r' || c == '\f';
            if (c < ' ' && !space || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static FileKind kind(String title, Set<Role> roles, String advice, Magic... magic) {
        return new FileKind(title, roles, advice, List.of(magic));
    }
}
