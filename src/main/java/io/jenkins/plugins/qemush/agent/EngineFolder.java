package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.image.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A folder with the engine's jars on this host. */
record EngineFolder(Path path) {

    /** Whether all these files are there and are what they should be. */
    boolean has(List<EngineJar> jars) throws IOException {
        for (EngineJar jar : jars) {
            Path file = path.resolve(jar.name());
            if (!Files.isRegularFile(file) || !jar.sha256().equals(sha256(file))) {
                return false;
            }
        }
        return true;
    }

    /** Removes what else lies in the folder of all versions; a user's own files are none of ours and stay. */
    static void removeOthers(Path home, String keep) throws IOException {
        if (!Files.isDirectory(home)) {
            return;
        }
        List<Path> others;
        try (Stream<Path> all = Files.list(home)) {
            others = all.filter(path -> !path.getFileName().toString().equals(keep))
                    .filter(path -> path.getFileName().toString().matches("\\.new-.*|.*-[0-9a-f]{12}"))
                    .toList();
        }
        for (Path other : others) {
            FileTree.delete(other);
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
