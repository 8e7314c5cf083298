package io.jenkins.plugins.qemush.engine.image;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code image.json} says of an image; {@code docs/image-format.md} describes the file.
 *
 * @param name how the image is called in the store
 * @param arch an architecture of the machine table, by its first name
 * @param user the user that commands run as unless somebody says otherwise
 * @param console how root gets in on the serial console
 * @param keyPaths the ways that the image takes a public key
 * @param hostKey the SSH server's key, when it was made with the image; otherwise it is read over the console
 * @param machine columns of the machine table that the image sets for itself
 * @param source where it came from, for people
 * @param packages what is installed in it, {@code name version} each; empty when unknown
 */
public record ImageManifest(
        String name,
        String arch,
        ImageFile kernel,
        Optional<ImageFile> initrd,
        Optional<ImageFile> dtb,
        Optional<ImageFile> firmware,
        Disk disk,
        String user,
        ConsoleLogin console,
        List<KeyPath> keyPaths,
        Optional<String> hostKey,
        MachineOverrides machine,
        String source,
        List<String> packages) {

    /** What {@link #isUserName} takes, for people. */
    public static final String USER_NAMES =
            "Use letters, digits, dots, - and _, a letter or _ first; at most 32 of them.";

    public ImageManifest {
        keyPaths = List.copyOf(keyPaths);
        packages = List.copyOf(packages);
    }

    /** Whether a guest's user may be called so: what useradd takes, and what can stand on a kernel command line. */
    public static boolean isUserName(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,31}");
    }

    /**
     * One file of the image.
     *
     * @param path relative to the image's folder, and inside it; absolute in a {@link HandMade} image
     * @param sha256 64 hexadecimal digits; empty in a {@link HandMade} image only, whose files nobody vouches for
     * @param size in bytes
     */
    public record ImageFile(String path, Optional<String> sha256, long size) {}

    /** The root disk and its format, by QEMU's name: {@code qcow2} or {@code raw}. */
    public record Disk(ImageFile file, String format) {}

    /**
     * Reads the text of an {@code image.json}, strictly.
     *
     * @param origin the file or address it came from, for messages
     * @throws HostFailure naming the field that is missing, unknown or wrong
     */
    public static ImageManifest read(String json, String origin) throws HostFailure {
        return ManifestReader.read(json, origin);
    }

    /** Whether {@code name} can be the name of an image: {@code [a-z0-9][a-z0-9._-]*}, at most 100 characters. */
    public static boolean isName(String name) {
        return ManifestReader.isName(name);
    }

    /** The same image for another user, with another console login or machine. */
    public ImageManifest with(String otherUser, ConsoleLogin otherConsole, MachineOverrides otherMachine) {
        return new ImageManifest(
                name,
                arch,
                kernel,
                initrd,
                dtb,
                firmware,
                disk,
                otherUser,
                otherConsole,
                keyPaths,
                hostKey,
                otherMachine,
                source,
                packages);
    }

    /** The same image with another word on where it came from. */
    public ImageManifest from(String otherSource) {
        return new ImageManifest(
                name,
                arch,
                kernel,
                initrd,
                dtb,
                firmware,
                disk,
                user,
                console,
                keyPaths,
                hostKey,
                machine,
                otherSource,
                packages);
    }

    /** The same image, whose disk was changed. */
    public ImageManifest withDisk(ImageFile changed) {
        return new ImageManifest(
                name,
                arch,
                kernel,
                initrd,
                dtb,
                firmware,
                new Disk(changed, disk.format()),
                user,
                console,
                keyPaths,
                hostKey,
                machine,
                source,
                packages);
    }

    /** The text of this manifest's {@code image.json}. */
    public String json() {
        return ManifestWriter.write(this);
    }

    /** Every file, by its role in {@code image.json}: the kernel, what else there is, the disk last. */
    public Map<String, ImageFile> files() {
        Map<String, ImageFile> files = new LinkedHashMap<>();
        files.put("kernel", kernel);
        put(files, "initrd", initrd);
        put(files, "dtb", dtb);
        put(files, "firmware", firmware);
        files.put("disk", disk.file());
        return files;
    }

    private static void put(Map<String, ImageFile> files, String role, Optional<ImageFile> file) {
        if (file.isPresent()) {
            files.put(role, file.get());
        }
    }

    /**
     * How root logs in on the serial console, without a password.
     *
     * @param login the name to type
     * @param prompt the end of the line that asks for it
     */
    public record ConsoleLogin(String login, String prompt) {
        public static final ConsoleLogin ROOT = new ConsoleLogin("root", "login: ");
    }

    /** A way in for the one-time public key. */
    public enum KeyPath {
        /** On the kernel command line: {@code qemush.key}, {@code qemush.user}, {@code qemush.time}. The fast way. */
        CMDLINE,
        /** Typed into the root shell on the serial console: any image can. */
        CONSOLE
    }
}
