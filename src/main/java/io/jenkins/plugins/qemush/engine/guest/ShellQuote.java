package io.jenkins.plugins.qemush.engine.guest;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one place where text is made safe for a POSIX shell. */
public final class ShellQuote {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private ShellQuote() {}

    /** Whether a POSIX shell can export a variable of that name. */
    public static boolean isVariable(String name) {
        return VARIABLE.matcher(name).matches();
    }

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
