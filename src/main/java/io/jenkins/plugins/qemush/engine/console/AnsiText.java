package io.jenkins.plugins.qemush.engine.console;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of a terminal as spans with styles: colours and bold of ECMA-48's SGR are kept, from line to line, all other escape
 * sequences are left out. What comes out has no control characters but tabs: a guest is not trusted with a browser.
 */
public final class AnsiText {
    /** CSI, OSC and the two-character sequences, as ECMA-48 and xterm have them. Group 1: the parameters of an SGR. */
    private static final Pattern ESCAPE = Pattern.compile("(?:\u001b\\[|\u009b)([0-9;:]*)m"
            + "|(?:\u001b\\[|\u009b)[0-9:;<=>?]*[ -/]*[@-~]"
            + "|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?"
            + "|\u001b[ -/]*[0-~]");

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x0c\\x0e-\\x1f\\x7f-\\x9f]");

    /** They turn the direction of text, so that a line reads other than it is. */
    private static final Pattern BIDI = Pattern.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]");

    private AnsiStyle style = AnsiStyle.PLAIN;

    /**
     * Text in one style.
     *
     * @param style a class name for each of its properties, separated by spaces; empty for none
     */
    public record Span(String text, String style) {}

    /** The spans of the next line. */
    public List<Span> spans(String line) {
        List<Span> spans = new ArrayList<>();
        Matcher escape = ESCAPE.matcher(line);
        int from = 0;
        while (escape.find()) {
            add(spans, line.substring(from, escape.start()));
            if (escape.group(1) != null) {
                style = style.with(escape.group(1));
            }
            from = escape.end();
        }
        add(spans, line.substring(from));
        return spans;
    }

    private void add(List<Span> spans, String text) {
        String printable = printable(text);
        if (!printable.isEmpty()) {
            spans.add(new Span(printable, style.classes()));
        }
    }

    /** A line without any escape sequence. */
    public static String plain(String line) {
        return isPlain(line) ? line : printable(ESCAPE.matcher(line).replaceAll(""));
    }

    /** A line without its CSI sequences, found the fast way: for searching in all lines of a long log. */
    static String withoutColours(String line) {
        int escape = line.indexOf('\u001b');
        if (escape < 0) {
            return line;
        }
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            if (line.startsWith("\u001b[", i)) {
                i += 2;
                while (i < line.length() && (line.charAt(i) < '@' || line.charAt(i) > '~')) {
                    i++;
                }
            } else {
                text.append(line.charAt(i));
            }
        }
        return text.toString();
    }

    /** A carriage return in the middle of a line is shown: the text before it was overwritten, but is not lost. */
    private static String printable(String text) {
        if (isPlain(text)) {
            return text;
        }
        String visible = CONTROL.matcher(text).replaceAll("").replace('\r', '\u240d');
        return BIDI.matcher(visible).replaceAll("\ufffd");
    }

    /** Most lines are: they are spared four regular expressions. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\t');
    }
}
