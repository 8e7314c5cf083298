package io.jenkins.plugins.qemush.engine.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that tell what a file is: at an offset, compared under a mask. */
record Magic(int offset, byte[] mask, byte[] value) {

    static Magic text(int offset, String text) {
        return exactly(offset, text.getBytes(StandardCharsets.US_ASCII));
    }

    static Magic hex(int offset, String digits) {
        return exactly(offset, HexFormat.of().parseHex(digits));
    }

    static Magic bits(int offset, int mask, int value) {
        return new Magic(offset, new byte[] {(byte) mask}, new byte[] {(byte) value});
    }

    private static Magic exactly(int offset, byte[] value) {
        byte[] mask = new byte[value.length];
        Arrays.fill(mask, (byte) 0xff);
        return new Magic(offset, mask, value);
    }

    /** Whether the first bytes of a file have it. */
    boolean matches(byte[] head) {
        for (int i = 0; i < value.length; i++) {
            if (offset + i >= head.length || (head[offset + i] & mask[i]) != value[i]) {
                return false;
            }
        }
        return true;
    }
}
