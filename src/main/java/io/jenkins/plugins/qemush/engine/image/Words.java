package io.jenkins.plugins.qemush.engine.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Constants of an enum as {@code image.json} writes them: in lower case. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /** All of them, for a message: {@code "mmio", "pci", "ccw"}. */
    static <E extends Enum<E>> String of(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> "\"" + of(constant) + "\"")
                .collect(Collectors.joining(", "));
    }
}
