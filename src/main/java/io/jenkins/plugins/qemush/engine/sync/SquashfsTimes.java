package io.jenkins.plugins.qemush.engine.sync;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Sets times of files in a squashfs, which {@code mksquashfs} cannot. The image's tables must not be compressed. Format: the
 * kernel's {@code fs/squashfs/squashfs_fs.h}.
 *
 * <p>A table is a row of blocks of 8 kB, each behind two bytes that tell its length. A place in a table is the offset of a
 * block's start and an offset within the block.
 */
final class SquashfsTimes {

    private static final int ROOT_INODE_AT = 32;
    private static final int INODES_AT = 64;
    private static final int DIRECTORIES_AT = 72;
    private static final int SUPERBLOCK = 96;

    private static final int BLOCK = 8192;
    private static final int UNCOMPRESSED = 0x8000;

    private static final int INODE_TIME = 8;
    private static final int DIRECTORY = 1;
    private static final int LONG_DIRECTORY = 8;
    /** What a listing's size is more than its bytes. */
    private static final int SIZE_SURPLUS = 3;

    private final ByteBuffer tables;
    private final Map<String, Long> times;
    private final int directories;

    private SquashfsTimes(ByteBuffer tables, int directories, Map<String, Long> times) {
        this.tables = tables;
        this.directories = directories;
        this.times = times;
    }

    /**
     * @param times seconds since the epoch, by the files' names
     * @throws IOException also when the image is not as it should be
     */
    static void set(Path image, Map<String, Long> times) throws IOException {
        if (times.isEmpty()) {
            return;
        }
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer superblock = read(file, 0, SUPERBLOCK);
            long inodes = superblock.getLong(INODES_AT);
            long root = superblock.getLong(ROOT_INODE_AT);
            ByteBuffer tables = read(file, inodes, Math.toIntExact(file.size() - inodes));
            int directories = Math.toIntExact(superblock.getLong(DIRECTORIES_AT) - inodes);
            new SquashfsTimes(tables, directories, times).walk((int) (root >>> 16), (int) (root & 0xFFFF), "");
            file.write(tables.rewind(), inodes);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new IOException("The workspace's squashfs is not as mksquashfs should write it.", e);
        }
    }

    private static ByteBuffer read(FileChannel file, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
            continue;
        }
        return bytes.rewind();
    }

    /** Reads on in a table, over the ends of blocks. */
    private final class Cursor {
        private int block;
        private int offset;

        Cursor(int block, int offset) throws IOException {
            this.block = block;
            this.offset = offset;
            length();
        }

        private int length() throws IOException {
            int header = tables.getShort(block) & 0xFFFF;
            if ((header & UNCOMPRESSED) == 0) {
                throw new IOException("The workspace's squashfs is compressed.");
            }
            return header & ~UNCOMPRESSED;
        }

        /** The position in {@link #tables} of the next byte. */
        private int advance() throws IOException {
            if (offset == BLOCK) {
                block += 2 + length();
                offset = 0;
                length();
            }
            int at = block + 2 + offset;
            offset++;
            return at;
        }

        int number(int bytes) throws IOException {
            int number = 0;
            for (int at = 0; at < bytes; at++) {
                number |= (tables.get(advance()) & 0xFF) << (8 * at);
            }
            return number;
        }

        void skip(int bytes) throws IOException {
            number(bytes);
        }

        String name(int length) throws IOException {
            StringBuilder name = new StringBuilder();
            for (int at = 0; at < length; at++) {
                name.append((char) number(1));
            }
            return name.toString();
        }

        void write(long number) throws IOException {
            for (int at = 0; at < Integer.BYTES; at++) {
                tables.put(advance(), (byte) (number >>> (8 * at)));
            }
        }
    }

    private void setTime(int block, int offset, String name) throws IOException {
        Long time = times.get(name);
        if (time != null) {
            Cursor inode = new Cursor(block, offset);
            inode.skip(INODE_TIME);
            inode.write(time);
        }
    }

    /** @param prefix of the names in this folder */
    private void walk(int block, int offset, String prefix) throws IOException {
        Cursor inode = new Cursor(block, offset);
        int type = inode.number(2);
        inode.skip(14);
        int start;
        int size;
        if (type == LONG_DIRECTORY) {
            inode.skip(4);
            size = inode.number(4);
            start = inode.number(4);
            inode.skip(6);
        } else {
            start = inode.number(4);
            inode.skip(4);
            size = inode.number(2);
        }
        if (size > SIZE_SURPLUS) {
            list(new Cursor(directories + start, inode.number(2)), size - SIZE_SURPLUS, prefix);
        }
    }

    private void list(Cursor listing, int size, String prefix) throws IOException {
        int left = size;
        while (left > 0) {
            int entries = listing.number(4) + 1;
            int block = listing.number(4);
            listing.skip(4);
            left -= 12;
            for (int entry = 0; entry < entries; entry++) {
                int offset = listing.number(2);
                listing.skip(2);
                int type = listing.number(2);
                int length = listing.number(2) + 1;
                String name = prefix + listing.name(length);
                left -= 8 + length;
                if (type == DIRECTORY) {
                    walk(block, offset, name + '/');
                } else {
                    setTime(block, offset, name);
                }
            }
        }
    }
}
