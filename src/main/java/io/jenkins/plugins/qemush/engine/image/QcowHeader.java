package io.jenkins.plugins.qemush.engine.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * The header of a qcow2 file, as far as it tells whether the file is whole (QEMU's docs/interop/qcow2.txt).
 *
 * @param whole whether all of the header was there; the other fields are 0 if not
 * @param size of the virtual disk, in bytes
 * @param l1Size entries of the first-level table, 8 bytes each
 */
record QcowHeader(
        boolean whole,
        int version,
        long backingFile,
        int clusterBits,
        long size,
        int l1Size,
        long l1Table,
        long refcountTable,
        int refcountClusters,
        long incompatibleFeatures) {

    /** Of version 3 without extensions. */
    static final int LENGTH = 104;

    private static final int MAGIC = 0x514649fb;
    private static final int VERSION_2_LENGTH = 72;
    private static final int MIN_CLUSTER_BITS = 9;
    private static final int MAX_CLUSTER_BITS = 21;
    private static final long OFFSET_MASK = 0x00ff_ffff_ffff_fe00L;
    private static final long EXTERNAL_DATA_FILE = 1 << 2;

    /** QEMU refuses more: 32 MB of table. */
    private static final int MAX_L1_SIZE = 4 << 20;

    /** The header that a file begins with; empty when it does not begin with qcow2's magic. */
    static Optional<QcowHeader> read(ByteBuffer head) {
        if (head.remaining() < Integer.BYTES || head.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        if (head.remaining() < VERSION_2_LENGTH || head.getInt(4) > 2 && head.remaining() < LENGTH) {
            return Optional.of(new QcowHeader(false, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        }
        int version = head.getInt(4);
        return Optional.of(new QcowHeader(
                true,
                version,
                head.getLong(8),
                head.getInt(20),
                head.getLong(24),
                head.getInt(36),
                head.getLong(40),
                head.getLong(48),
                head.getInt(56),
                version > 2 ? head.getLong(72) : 0));
    }

    boolean needsOtherFile() {
        return backingFile != 0 || (incompatibleFeatures & EXTERNAL_DATA_FILE) != 0;
    }

    /** What is wrong with the file, as the end of a sentence; empty when all tables lie inside it. */
    Optional<String> flaw(FileChannel file) throws IOException {
        long length = file.size();
        if (!whole) {
            return Optional.of("it ends within the header, after " + length + " bytes");
        }
        if (version != 2 && version != 3) {
            return Optional.of("it has the unknown version " + version);
        }
        if (clusterBits < MIN_CLUSTER_BITS || clusterBits > MAX_CLUSTER_BITS) {
            return Optional.of("its cluster size is impossible");
        }
        if (l1Size < l1EntriesNeeded() || l1Size > MAX_L1_SIZE) {
            return Optional.of("its first-level table does not fit a disk of " + size + " bytes");
        }
        if (ends(l1Table, (long) l1Size * Long.BYTES) > length
                || ends(refcountTable, (long) refcountClusters << clusterBits) > length) {
            return Optional.of("its tables lie beyond the end of the file, at " + length + " bytes");
        }
        return secondLevelEnd(file) > length
                ? Optional.of("its clusters lie beyond the end of the file, at " + length + " bytes")
                : Optional.empty();
    }

    private long l1EntriesNeeded() {
        long bytesPerEntry = 1L << (2 * clusterBits - 3);
        return size / bytesPerEntry + (size % bytesPerEntry == 0 ? 0 : 1);
    }

    /** Where the last of the second-level tables ends. */
    private long secondLevelEnd(FileChannel file) throws IOException {
        ByteBuffer table = ByteBuffer.allocate(l1Size * Long.BYTES);
        while (table.hasRemaining() && file.read(table, l1Table + table.position()) > 0) {
            // Reads on until the table is full; it lies inside the file.
        }
        table.flip();
        long end = 0;
        while (table.remaining() >= Long.BYTES) {
            long offset = table.getLong() & OFFSET_MASK;
            end = Math.max(end, offset == 0 ? 0 : ends(offset, 1L << clusterBits));
        }
        return end;
    }

    private static long ends(long offset, long length) {
        return offset < 0 || length < 0 || offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length;
    }
}
