package io.jenkins.plugins.qemush.engine.sync;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * File names as the bytes they are, one character per byte ({@code ISO-8859-1}).
 *
 * <p>A name on Linux is bytes, not text, and the JVM's own conversion loses what {@code sun.jnu.encoding} cannot say:
 * under {@code LANG=C} that is every umlaut. The {@code file:} URIs of {@link Path} carry the bytes unharmed.
 */
final class RawName {

    private static final Path SYSTEM_ROOT = Path.of("").toAbsolutePath().getRoot();

    private RawName() {}

    /** The raw form of a path: a file name, or the target of a symbolic link. */
    static String of(Path path) {
        String text = path.toString();
        return isPlain(text) ? text : decode(path);
    }

    private static String decode(Path path) {
        String encoded = SYSTEM_ROOT.resolve(path).toUri().getRawPath();
        StringBuilder raw = new StringBuilder();
        int at = 0;
        while (at < encoded.length()) {
            boolean escaped = encoded.charAt(at) == '%';
            raw.append(escaped ? (char) Integer.parseInt(encoded, at + 1, at + 3, 16) : encoded.charAt(at));
            at += escaped ? 3 : 1;
        }
        // toUri() marks what is a directory by a slash at the end.
        String name = raw.length() > 1 && raw.charAt(raw.length() - 1) == '/'
                ? raw.substring(0, raw.length() - 1)
                : raw.toString();
        return path.isAbsolute() ? name : name.substring(1);
    }

    /** The path of a raw name: relative if the name is. */
    static Path toPath(String raw) {
        if (isPlain(raw)) {
            return Path.of(raw);
        }
        StringBuilder encoded = new StringBuilder("file:///");
        for (int at = raw.startsWith("/") ? 1 : 0; at < raw.length(); at++) {
            char character = raw.charAt(at);
            boolean harmless =
                    Character.isLetterOrDigit(character) && character < 0x80 || "/.-_".indexOf(character) >= 0;
            encoded.append(harmless ? String.valueOf(character) : String.format("%%%02X", (int) character));
        }
        Path absolute = Path.of(URI.create(encoded.toString()));
        return raw.startsWith("/") ? absolute : absolute.subpath(0, absolute.getNameCount());
    }

    /** For messages: readable where it is text, the rest escaped so that it cannot disturb a terminal or a log. */
    static String forHumans(String raw) {
        String text = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder("'");
        text.codePoints().forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT || point == 0xFFFD) {
                shown.append(String.format("\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.append('\'').toString();
    }

    /** The folder a relative name lies in; empty for the workspace itself. */
    static String parent(String name) {
        return name.substring(0, Math.max(name.lastIndexOf('/'), 0));
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(character -> character >= 0x20 && character < 0x7F);
    }
}
