package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads shell scripts that lie beside a class. */
public final class ScriptFile {
    private ScriptFile() {}

    /** @throws IllegalStateException when it is not there: the program was not built whole */
    public static String read(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + beside.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " beside " + beside.getName() + " cannot be read", e);
        }
    }
}
