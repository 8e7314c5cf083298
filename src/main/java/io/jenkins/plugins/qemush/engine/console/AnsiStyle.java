package io.jenkins.plugins.qemush.engine.console;

import java.util.List;
import java.util.StringJoiner;

/**
 * What SGR sequences have set.
 *
 * @param foreground one of {@link #COLOURS}, or empty
 * @param background likewise
 */
record AnsiStyle(boolean bold, boolean italic, boolean underline, String foreground, String background) {
    static final AnsiStyle PLAIN = new AnsiStyle(false, false, false, "", "");

    /** In the order of their numbers. */
    static final List<String> COLOURS = List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");

    private static final int BRIGHT = 60;
    private static final int EXTENDED_FOREGROUND = 38;
    private static final int EXTENDED_BACKGROUND = 48;

    /** After the colour of an index, and after that of red, green and blue. */
    private static final int INDEX_PARAMETERS = 2;

    private static final int RGB_PARAMETERS = 4;

    /**
     * The style after one sequence.
     *
     * @param parameters numbers, separated by semicolons
     */
    AnsiStyle with(String parameters) {
        AnsiStyle style = this;
        String[] numbers = parameters.split("[;:]", -1);
        for (int i = 0; i < numbers.length; i++) {
            int number = number(numbers[i]);
            if (number == EXTENDED_FOREGROUND || number == EXTENDED_BACKGROUND) {
                // 256 colours and true colour: which they are in this page's theme nobody knows.
                boolean index = i + 1 < numbers.length && number(numbers[i + 1]) == 5;
                i += index ? INDEX_PARAMETERS : RGB_PARAMETERS;
            } else {
                style = style.withOne(number);
            }
        }
        return style;
    }

    private AnsiStyle withOne(int number) {
        return switch (number) {
            case 0 -> PLAIN;
            case 1 -> new AnsiStyle(true, italic, underline, foreground, background);
            case 3 -> new AnsiStyle(bold, true, underline, foreground, background);
            case 4 -> new AnsiStyle(bold, italic, true, foreground, background);
            case 22 -> new AnsiStyle(false, italic, underline, foreground, background);
            case 23 -> new AnsiStyle(bold, false, underline, foreground, background);
            case 24 -> new AnsiStyle(bold, italic, false, foreground, background);
            case 39 -> new AnsiStyle(bold, italic, underline, "", background);
            case 49 -> new AnsiStyle(bold, italic, underline, foreground, "");
            default -> withColour(number);
        };
    }

    private AnsiStyle withColour(int number) {
        int dark = number >= 90 && number <= 107 ? number - BRIGHT : number;
        if (dark >= 30 && dark <= 37) {
            return new AnsiStyle(bold, italic, underline, COLOURS.get(dark - 30), background);
        }
        if (dark >= 40 && dark <= 47) {
            return new AnsiStyle(bold, italic, underline, foreground, COLOURS.get(dark - 40));
        }
        return this;
    }

    private static int number(String text) {
        return text.isEmpty() || text.length() > 3 ? 0 : Integer.parseInt(text);
    }

    /** The names of style classes, separated by spaces. */
    String classes() {
        StringJoiner classes = new StringJoiner(" ");
        if (bold) {
            classes.add("bold");
        }
        if (italic) {
            classes.add("italic");
        }
        if (underline) {
            classes.add("underline");
        }
        if (!foreground.isEmpty()) {
            classes.add(foreground);
        }
        if (!background.isEmpty()) {
            classes.add("on-" + background);
        }
        return classes.toString();
    }
}
