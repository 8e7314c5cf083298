package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads shell scripts that lie beside a class. */
public final class ScriptFile {
    private ScriptFile() {}

    /** @throws IllegalStateException when it is not there: the program was not built whole */
    public static String read(Class<?> beside, String name) {
        try {
            Optional<Path> jar = jarOf(beside);
            byte[] script = jar.isPresent() ? readFromJar(jar.get(), beside, name) : readAsResource(beside, name);
            return new String(script, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " beside " + beside.getName() + " cannot be read", e);
        }
    }

    private static byte[] readAsResource(Class<?> beside, String name) throws IOException {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + beside.getName());
            }
            return in.readAllBytes();
        }
    }

    /** A program's first resource is looked for in all modules of Java before its jar: 15 ms, while a machine waits. */
    private static byte[] readFromJar(Path jar, Class<?> beside, String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(beside.getPackageName().replace('.', '/') + "/" + name);
            if (entry == null) {
                return readAsResource(beside, name);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return in.readAllBytes();
            }
        }
    }

    /** The jar that a class was loaded from, if there is one: what Jenkins sends to its agents comes from nowhere. */
    private static Optional<Path> jarOf(Class<?> loaded) throws IOException {
        CodeSource source = loaded.getProtectionDomain().getCodeSource();
        URL place = source == null ? null : source.getLocation();
        if (place == null
                || !place.getProtocol().equals("file")
                || !place.getPath().endsWith(".jar")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(place.toURI()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
