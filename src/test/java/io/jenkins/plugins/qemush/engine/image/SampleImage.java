package io.jenkins.plugins.qemush.engine.image;

import io.jenkins.plugins.qemush.engine.image.ImageManifest.ConsoleLogin;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.Disk;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.KeyPath;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A small image for tests: its files have the right sizes and digests, and no machine would boot them. */
public final class SampleImage {
    public static final int KERNEL_SIZE = 10_000;

    private SampleImage() {}

    /** Writes the image into {@code folder}, which is made; the raw disk has {@code diskSize} random bytes. */
    public static ImageManifest write(Path folder, String name, String arch, int diskSize) throws IOException {
        Files.createDirectories(folder);
        Path kernel = Files.write(folder.resolve("kernel"), bytes(1, KERNEL_SIZE));
        Path disk = Files.write(folder.resolve("disk.img"), bytes(2, diskSize));
        ImageManifest manifest = new ImageManifest(
                name,
                arch,
                file(kernel),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Disk(file(disk), "raw"),
                "user",
                ConsoleLogin.ROOT,
                List.of(KeyPath.CMDLINE, KeyPath.CONSOLE),
                Optional.empty(),
                MachineOverrides.NONE,
                "a test",
                List.of());
        Files.writeString(folder.resolve(Image.MANIFEST), manifest.json());
        return manifest;
    }

    public static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ImageFile file(Path path) throws IOException {
        return new ImageFile(path.getFileName().toString(), Optional.of(sha256(path)), Files.size(path));
    }

    private static byte[] bytes(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
