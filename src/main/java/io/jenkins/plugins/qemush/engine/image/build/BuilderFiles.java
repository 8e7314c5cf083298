package io.jenkins.plugins.qemush.engine.image.build;

import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The builder's scripts and tables, unpacked from the jar or copied from the folder of classes. */
public final class BuilderFiles {
    private static final String FOLDER = "/io/jenkins/plugins/qemush/images/debian/";
    private static final String ENTRY = FOLDER + "build";

    private BuilderFiles() {}

    /** Unpacks the builder into a folder; returns the script to run. */
    static Path unpack(Path folder) throws IOException {
        URL entry = Optional.ofNullable(BuilderFiles.class.getResource(ENTRY)).orElseThrow(() -> missing(ENTRY));
        try {
            if (entry.getProtocol().equals("jar")) {
                String[] jarAndPath = entry.toString().split("!", 2);
                try (FileSystem jar = FileSystems.newFileSystem(jarOf(jarAndPath[0]), Map.of())) {
                    copy(PathParts.folder(jar.getPath(jarAndPath[1])), folder);
                }
            } else {
                copy(PathParts.folder(Path.of(entry.toURI())), folder);
            }
        } catch (URISyntaxException e) {
            throw new IOException("the image builder cannot be found at " + entry, e);
        }
        return folder.resolve("build");
    }

    /** The architectures that the builder has, by their names in the machine table. */
    static List<String> architectures() throws IOException {
        return rows("architectures").stream().map(row -> row.get(0)).toList();
    }

    /** The rows of a table, each the words in its columns. */
    static List<List<String>> rows(String table) throws IOException {
        return text(table)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> List.of(line.split("\\s+")))
                .toList();
    }

    /** The script for the machine that configures its own packages. */
    public static String configureScript() throws IOException {
        return text("guest/configure");
    }

    private static String text(String path) throws IOException {
        try (InputStream file = BuilderFiles.class.getResourceAsStream(FOLDER + path)) {
            if (file == null) {
                throw missing(FOLDER + path);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static IOException missing(String resource) {
        return new IOException("the image builder is missing from the jar: " + resource);
    }

    private static Path jarOf(String jarUrl) throws URISyntaxException {
        return Path.of(new URI(jarUrl.substring("jar:".length())));
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(from)) {
            files = tree.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(PathParts.folder(copy));
            Files.copy(file, copy);
            // A jar knows no modes.
            if (isScript(copy) && !copy.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + copy + " executable");
            }
        }
    }

    private static boolean isScript(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.read() == '#' && in.read() == '!';
        }
    }
}
