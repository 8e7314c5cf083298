package io.jenkins.plugins.qemush.engine.vm.qemu;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.DataFormatException;

/**
 * What QEMU saves a machine as (QEMU's docs/devel/migration.rst; migration/savevm.c and ram.c), read as far as the end of
 * its memory. All numbers are big-endian.
 *
 * <p>The stream tells of every page what is in it, be it nothing but zeros, and a QEMU that restores the machine looks at
 * each such page first. Linux may answer a look at untouched memory with memory: the two flash chips of Arm's boards,
 * which nobody uses, cost each restored machine 128 MB and 0.2 s that way. A new QEMU has them empty without being told.
 */
public final class MigrationStream {
    private static final long HEAD = 0x5145_564d_0000_0003L;
    private static final int RAM_VERSION = 4;

    /** What the parts of the stream begin and end with. */
    private static final int SECTION_START = 1;

    private static final int SECTION_PART = 2;
    private static final int SECTION_END = 3;
    private static final int SUBSECTION = 5;
    private static final int CONFIGURATION = 7;
    private static final int SECTION_FOOTER = 0x7e;

    /** What is told of a page, in the bits that its address leaves free. */
    private static final int ZERO = 0x02;

    private static final int BLOCK_SIZES = 0x04;
    private static final int CONTENT = 0x08;
    private static final int END_OF_PAGES = 0x10;
    private static final int SAME_BLOCK = 0x20;

    private final byte[] stream;
    private final ByteBuffer in;
    private final Set<String> leftOut;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Set<String> capabilities = new HashSet<>();
    private final Set<String> blocks = new HashSet<>();
    private final Set<String> written = new HashSet<>();
    private int pageSize = 4096;
    private String block = "";

    /** @param leftOut the blocks of memory whose pages are not copied */
    private MigrationStream(byte[] stream, Set<String> leftOut) {
        this.stream = stream;
        this.in = ByteBuffer.wrap(stream);
        this.leftOut = leftOut;
    }

    /** The stream without the blocks of memory that are zero throughout; as it is when it is not quite as expected. */
    public static byte[] withoutUntouchedMemory(byte[] stream) {
        try {
            MigrationStream all = new MigrationStream(stream, Set.of());
            all.copy();
            Set<String> untouched = new HashSet<>(all.blocks);
            untouched.removeAll(all.written);
            MigrationStream rest = new MigrationStream(stream, untouched);
            rest.copy();
            return rest.out.toByteArray();
        } catch (DataFormatException | BufferUnderflowException e) {
            System.getLogger(MigrationStream.class.getName()).log(System.Logger.Level.DEBUG, "kept as it is", e);
            return stream;
        }
    }

    private void copy() throws DataFormatException {
        expect(in.getLong() == HEAD);
        configuration();
        expect(in.get() == SECTION_START);
        int memory = in.getInt();
        expect(name().equals("ram") && in.getInt() == 0 && in.getInt() == RAM_VERSION);
        blocks();
        footer(memory);
        copyFrom(0);
        int part;
        do {
            int start = in.position();
            part = in.get();
            expect((part == SECTION_PART || part == SECTION_END) && in.getInt() == memory);
            copyFrom(start);
            pages();
            start = in.position();
            footer(memory);
            copyFrom(start);
        } while (part != SECTION_END);
        out.write(stream, in.position(), in.remaining());
    }

    /** Names the machine, and how it was saved. */
    private void configuration() throws DataFormatException {
        expect(in.get() == CONFIGURATION);
        skip(in.getInt());
        while (next() == SUBSECTION) {
            in.get();
            String name = name();
            expect(in.getInt() == 1);
            switch (name) {
                case "configuration/target-page-bits" -> pageSize = 1 << in.getInt();
                case "configuration/capabilities" -> {
                    for (int left = in.getInt(); left > 0; left--) {
                        capabilities.add(name());
                    }
                }
                default -> throw new DataFormatException(name);
            }
        }
    }

    /** The blocks of memory, with their sizes. */
    private void blocks() throws DataFormatException {
        long head = in.getLong();
        expect(flags(head) == BLOCK_SIZES);
        for (long left = head - BLOCK_SIZES; left > 0; ) {
            blocks.add(name());
            left -= in.getLong();
            if (capabilities.contains("x-ignore-shared")) {
                in.getLong();
            }
        }
        expect(flags(in.getLong()) == END_OF_PAGES);
    }

    private void pages() throws DataFormatException {
        String copied = "";
        while (true) {
            int start = in.position();
            long head = in.getLong();
            if (flags(head) == END_OF_PAGES) {
                copyFrom(start);
                return;
            }
            if ((head & SAME_BLOCK) == 0) {
                block = name();
            }
            int content = in.position();
            content(flags(head) & ~SAME_BLOCK);
            if (!leftOut.contains(block)) {
                head(head, block.equals(copied));
                copyFrom(content);
                copied = block;
            }
        }
    }

    private void content(int flags) throws DataFormatException {
        if (flags == ZERO) {
            expect(in.get() == 0);
        } else {
            expect(flags == CONTENT);
            skip(pageSize);
            written.add(block);
        }
    }

    /** Names the block when the page before, which named it, may have been left out. */
    private void head(long head, boolean sameBlock) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + 1 + block.length());
        bytes.putLong(sameBlock ? head | SAME_BLOCK : head & ~SAME_BLOCK);
        if (!sameBlock) {
            bytes.put((byte) block.length()).put(block.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(bytes.array(), 0, bytes.position());
    }

    private int flags(long head) {
        return (int) head & (pageSize - 1);
    }

    private void footer(int section) throws DataFormatException {
        expect(in.get() == SECTION_FOOTER && in.getInt() == section);
    }

    private String name() {
        byte[] name = new byte[in.get() & 0xff];
        in.get(name);
        return new String(name, StandardCharsets.US_ASCII);
    }

    private int next() throws DataFormatException {
        expect(in.hasRemaining());
        return in.get(in.position());
    }

    private void skip(int bytes) throws DataFormatException {
        expect(bytes >= 0 && bytes <= in.remaining());
        in.position(in.position() + bytes);
    }

    private void copyFrom(int start) {
        out.write(stream, start, in.position() - start);
    }

    private void expect(boolean condition) throws DataFormatException {
        if (!condition) {
            throw new DataFormatException("not as expected before byte " + in.position());
        }
    }
}
