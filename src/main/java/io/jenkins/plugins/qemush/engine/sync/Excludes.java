package io.jenkins.plugins.qemush.engine.sync;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Ant patterns over paths relative to the workspace: {@code *} and {@code ?} stay within a name, {@code **} crosses
 * folders, a trailing {@code /} means everything below. What matches is excluded with all that lies in it.
 */
public final class Excludes {

    public static final Excludes NONE = of();

    private final List<Pattern> patterns;

    private Excludes(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** @param patterns such as {@code .git/**} or <code>**&#47;*.o</code>; blank ones are ignored */
    public static Excludes of(String... patterns) {
        return new Excludes(Arrays.stream(patterns)
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .map(Excludes::compile)
                .toList());
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** @param name relative, in the form of {@link RawName} */
    boolean match(String name) {
        if (patterns.isEmpty()) {
            return false;
        }
        for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
            if (matchesItself(name.substring(0, end))) {
                return true;
            }
        }
        return matchesItself(name);
    }

    private boolean matchesItself(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static Pattern compile(String ant) {
        // File names are bytes here, so the pattern becomes bytes too.
        String text = new String(ant.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        text = text.startsWith("./") ? text.substring(2) : text;
        text = text.endsWith("/") ? text + "**" : text;
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("**/", at)) {
                regex.append("(?:.*/)?");
                at += 3;
            } else if (text.startsWith("/**", at) && at + 3 == text.length()) {
                regex.append("(?:/.*)?");
                at += 3;
            } else if (text.startsWith("**", at)) {
                regex.append(".*");
                at += 2;
            } else {
                regex.append(oneCharacter(text.charAt(at)));
                at++;
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static String oneCharacter(char character) {
        return switch (character) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Pattern.quote(String.valueOf(character));
        };
    }
}
