package io.jenkins.plugins.qemush.engine.path;

import java.nio.file.Path;

/** The two parts of a path, as {@code dirname} and {@code basename} tell them: a root lies in itself, and is its own name. */
public final class PathParts {
    private PathParts() {}

    /** The folder that a file or a folder lies in; absolute, so that a name alone has one, too. */
    public static Path folder(Path path) {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    /** The last name of a path. */
    public static Path name(Path path) {
        Path name = path.getFileName();
        return name == null ? path : name;
    }
}
