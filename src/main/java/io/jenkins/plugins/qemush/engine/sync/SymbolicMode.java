package io.jenkins.plugins.qemush.engine.sync;

import java.util.Locale;

/** A file's kind and mode as {@code ls -l} shows them: {@code drwxr-sr-t}. */
final class SymbolicMode {

    private static final String KINDS = "-dlcbsp";
    private static final int[] FORMATS = {0100000, 0040000, 0120000, 0020000, 0060000, 0140000, 0010000};
    private static final int PERMISSIONS = 9;

    private SymbolicMode() {}

    /**
     * @return the same as a number
     * @throws NumberFormatException when it is no such text
     */
    static int parse(String text) {
        int kind = KINDS.indexOf(text.charAt(0));
        if (kind < 0 || text.length() <= PERMISSIONS) {
            throw new NumberFormatException("not a mode: " + text);
        }
        int mode = FORMATS[kind];
        for (int at = 0; at < PERMISSIONS; at++) {
            char shown = text.charAt(at + 1);
            boolean special = "sStT".indexOf(shown) >= 0;
            if (special) {
                mode |= 04000 >> (at / 3);
            }
            if (shown != '-'
                    && !(special
                            && shown
                                    == String.valueOf(shown)
                                            .toUpperCase(Locale.ROOT)
                                            .charAt(0))) {
                mode |= 0400 >> at;
            }
        }
        return mode;
    }
}
