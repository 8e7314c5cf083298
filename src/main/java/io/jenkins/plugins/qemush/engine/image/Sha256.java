package io.jenkins.plugins.qemush.engine.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files. */
public final class Sha256 {
    public static final int BLOCK = 1 << 20;

    private Sha256() {}

    /**
     * The digest of a file, 64 hexadecimal digits in lower case.
     *
     * @param what the work, as the listener is to hear of it
     */
    public static String of(Path file, String what, Progress progress) throws IOException, InterruptedException {
        MessageDigest digest = start();
        byte[] block = new byte[BLOCK];
        long total = Files.size(file);
        long done = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(block); read > 0; read = in.read(block)) {
                digest.update(block, 0, read);
                done += read;
                progress.at(what, done, total);
                if (Thread.interrupted()) {
                    throw new InterruptedException(what);
                }
            }
        }
        return hex(digest);
    }

    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
