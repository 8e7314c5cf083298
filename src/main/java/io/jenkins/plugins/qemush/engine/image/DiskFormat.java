package io.jenkins.plugins.qemush.engine.image;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Tells a disk's format from its first bytes, and whether a qcow2 disk is whole. */
final class DiskFormat {
    static final String QCOW2 = "qcow2";
    static final String RAW = "raw";

    private DiskFormat() {}

    /**
     * The format of a disk, by QEMU's name: what is not qcow2 is raw.
     *
     * @throws HostFailure when it is no disk, or a qcow2 file that is cut off or that QEMU would refuse
     */
    static String of(Path disk) throws IOException {
        try (FileChannel file = FileChannel.open(disk, StandardOpenOption.READ)) {
            Optional<QcowHeader> header = header(file);
            if (header.isPresent()) {
                Optional<String> flaw = header.get().flaw(file);
                if (flaw.isPresent()) {
                    throw new HostFailure(
                            "The disk " + disk + " is not a whole qcow2 file: " + flaw.get() + ".",
                            "Copy or download it again; `qemu-img check` tells more.");
                }
            }
            if (header.isEmpty()) {
                FileKind.require(disk, FileKind.Role.DISK);
            }
            return header.isPresent() ? QCOW2 : RAW;
        }
    }

    /**
     * Refuses a disk that is not of the format it should have, or that takes its content from another file: a stranger's
     * image could so show the guest any file of the host.
     */
    static void requireStandAlone(Path disk, String format) throws IOException {
        String real = of(disk);
        if (!real.equals(format)) {
            throw new HostFailure(
                    "The disk " + disk + " is " + real + ", not " + format + ".", "Correct the disk's format.");
        }
        try (FileChannel file = FileChannel.open(disk, StandardOpenOption.READ)) {
            if (header(file).filter(QcowHeader::needsOtherFile).isPresent()) {
                throw new HostFailure(
                        "The disk " + disk + " needs another file, its backing or data file.",
                        "Make one file of them: qemu-img convert -O qcow2 OLD NEW.");
            }
        }
    }

    private static Optional<QcowHeader> header(FileChannel file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(QcowHeader.LENGTH);
        while (head.hasRemaining() && file.read(head, head.position()) > 0) {
            // Reads on until the header is full or the file has ended.
        }
        return QcowHeader.read(head.flip());
    }
}
