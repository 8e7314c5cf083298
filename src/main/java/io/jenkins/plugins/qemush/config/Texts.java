package io.jenkins.plugins.qemush.config;

import java.util.Arrays;
import java.util.List;

/** What people type into a form's fields: stripped, and nothing for what is left empty. */
final class Texts {
    private Texts() {}

    static String orNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Words that are separated by spaces, commas or lines. */
    static List<String> words(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[\\s,]+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }
}
