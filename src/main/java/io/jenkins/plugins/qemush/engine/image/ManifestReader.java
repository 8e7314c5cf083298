package io.jenkins.plugins.qemush.engine.image;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ConsoleLogin;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.Disk;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.KeyPath;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code image.json}, strictly: whatever it does not understand is refused, with the field's name. */
final class ManifestReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern HOST_KEY = Pattern.compile("[a-z0-9@.-]+ [A-Za-z0-9+/]+=*( .*)?");
    private static final Set<String> DISK_FORMATS = Set.of("qcow2", "raw");

    private final JsonFields manifest;
    private final String file;

    private ManifestReader(String json, String file) throws HostFailure {
        this.manifest = JsonFields.parse(json, file);
        this.file = file;
    }

    /**
     * @param json the text of an {@code image.json}
     * @param file where it came from, for messages
     */
    static ImageManifest read(String json, String file) throws HostFailure {
        return new ManifestReader(json, file).manifest();
    }

    /** Whether {@code name} can be the name of an image. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private ImageManifest manifest() throws HostFailure {
        JsonFields files = manifest.object("files");
        ImageManifest read = new ImageManifest(
                matching(
                        manifest,
                        "name",
                        NAME,
                        "Use a-z, 0-9, dot, dash and underscore, and begin with a letter or digit."),
                arch(),
                file(files.object("kernel")),
                optionalFile(files, "initrd"),
                optionalFile(files, "dtb"),
                optionalFile(files, "firmware"),
                disk(files.object("disk")),
                user(manifest, "user", ImageManifest.USER_NAMES),
                consoleLogin(manifest.object("console")),
                keyPaths(),
                hostKey(),
                OverridesReader.read(manifest.optionalObject("machine")),
                manifest.text("source"),
                manifest.optionalTexts("packages").orElse(List.of()));
        files.end();
        manifest.end();
        requireDistinctPaths(read);
        return read;
    }

    private String arch() throws HostFailure {
        String arch = manifest.text("arch");
        try {
            return MachineTable.find(arch).name();
        } catch (HostFailure e) {
            throw new HostFailure(file + ": the field arch is wrong: " + e.getMessage(), e.help(), e);
        }
    }

    private static Optional<ImageFile> optionalFile(JsonFields files, String role) throws HostFailure {
        Optional<JsonFields> fields = files.optionalObject(role);
        return fields.isEmpty() ? Optional.empty() : Optional.of(file(fields.get()));
    }

    private static ImageFile file(JsonFields fields) throws HostFailure {
        ImageFile file = unendedFile(fields);
        fields.end();
        return file;
    }

    private static Disk disk(JsonFields fields) throws HostFailure {
        ImageFile file = unendedFile(fields);
        String format = fields.text("format");
        if (!DISK_FORMATS.contains(format)) {
            throw fields.wrong("format", "is \"" + format + "\"", "Disks are \"qcow2\" or \"raw\".");
        }
        fields.end();
        return new Disk(file, format);
    }

    private static ImageFile unendedFile(JsonFields fields) throws HostFailure {
        String path = fields.text("path");
        if (!ImagePaths.isInside(path)) {
            throw fields.wrong(
                    "path",
                    "is \"" + path + "\", which is no file inside the image's folder",
                    "Give it relative to image.json, without \"..\".");
        }
        String sha256 = matching(fields, "sha256", SHA256, "A SHA-256 digest has 64 digits 0-9 and a-f.");
        long size = fields.number("size");
        if (size < 0) {
            throw fields.wrong("size", "is negative", "Give the file's size in bytes.");
        }
        return new ImageFile(path, Optional.of(sha256), size);
    }

    private static ConsoleLogin consoleLogin(JsonFields fields) throws HostFailure {
        String login = user(fields, "login", "Name the user that logs in without a password, such as root.");
        String prompt = fields.text("prompt");
        if (prompt.isBlank()) {
            throw fields.wrong("prompt", "is empty", "Give the end of the line that asks for the name: \"login: \".");
        }
        fields.end();
        return new ConsoleLogin(login, prompt);
    }

    private List<KeyPath> keyPaths() throws HostFailure {
        List<KeyPath> ways = new ArrayList<>();
        for (String word : manifest.texts("keyPaths")) {
            Optional<KeyPath> way = Words.find(KeyPath.class, word);
            if (way.isEmpty()) {
                throw manifest.wrong(
                        "keyPaths", "names \"" + word + "\"", "Known are " + Words.of(KeyPath.class) + ".");
            }
            ways.add(way.get());
        }
        if (ways.isEmpty()) {
            throw manifest.wrong("keyPaths", "is empty", "Any image with a root login on its console has \"console\".");
        }
        return ways;
    }

    private Optional<String> hostKey() throws HostFailure {
        Optional<String> key = manifest.optionalText("hostKey");
        if (key.isPresent() && !HOST_KEY.matcher(key.get()).matches()) {
            throw manifest.wrong("hostKey", "is no SSH public key", "Give the line of the server's .pub file.");
        }
        return key;
    }

    private void requireDistinctPaths(ImageManifest read) throws HostFailure {
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, ImageFile> entry : read.files().entrySet()) {
            if (!seen.add(entry.getValue().path())) {
                throw new HostFailure(
                        file + ": the field files." + entry.getKey() + ".path names a file that another has already.",
                        "Give each file a path of its own.");
            }
        }
    }

    private static String user(JsonFields fields, String name, String nextStep) throws HostFailure {
        String user = fields.text(name);
        if (!ImageManifest.isUserName(user)) {
            throw fields.wrong(name, "is \"" + user + "\"", nextStep);
        }
        return user;
    }

    private static String matching(JsonFields fields, String name, Pattern pattern, String nextStep)
            throws HostFailure {
        String value = fields.text(name);
        // Digests are compared as text: they are kept in lower case, whoever wrote them.
        String canonical = pattern == SHA256 ? value.toLowerCase(Locale.ROOT) : value;
        if (!pattern.matcher(canonical).matches()) {
            throw fields.wrong(name, "is \"" + value + "\"", nextStep);
        }
        return canonical;
    }
}
