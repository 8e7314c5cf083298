package io.jenkins.plugins.qemush.engine.image;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Which paths an {@code image.json} may name. */
final class ImagePaths {
    private ImagePaths() {}

    /** Whether a text has newlines, NULs and their like. */
    static boolean hasControlCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether {@code path} is relative, written the plain way, and stays in its folder. Says nothing of links.
     *
     * <p>No part of it begins with a dot: that keeps out {@code ..}, and keeps hidden names free for the store's notes.
     */
    static boolean isInside(String path) {
        if (path.isBlank() || hasControlCharacters(path) || path.equals(Image.MANIFEST)) {
            return false;
        }
        try {
            Path relative = Path.of(path);
            if (relative.isAbsolute() || !relative.toString().equals(path)) {
                return false;
            }
            for (Path part : relative) {
                if (part.toString().startsWith(".")) {
                    return false;
                }
            }
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
