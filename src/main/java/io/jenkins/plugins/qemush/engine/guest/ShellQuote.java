package io.jenkins.plugins.qemush.engine.guest;

import java.util.List;
import java.util.stream.Collectors;

/** The one place where text is made safe for a POSIX shell. */
public final class ShellQuote {
    private ShellQuote() {}

    /** The word as one shell word, whatever it contains but NUL. */
    public static String word(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** The words as a command line. */
    public static String words(List<String> words) {
        return words.stream().map(ShellQuote::word).collect(Collectors.joining(" "));
    }

    /** Like {@link #words} but for people: words that need no quotes get none. */
    public static String readable(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : word(word))
                .collect(Collectors.joining(" "));
    }
}
