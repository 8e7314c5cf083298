package io.jenkins.plugins.qemush.agent;

import hudson.Extension;
import hudson.FilePath;
import hudson.PluginWrapper;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jenkins.model.Jenkins;

/**
 * The class path that a supervisor runs with: the plugin's own jars, copied once into each agent's
 * {@code qemu-sh/VERSION-DIGEST}.
 *
 * <p>A supervisor is a JVM of its own that outlives the agent's, so it cannot load its classes from the controller.
 */
@Extension
public class EngineJars {
    private static final String PLUGIN = "qemu-sh";
    private static final int DIGEST_LENGTH = 12;

    /** The files by their descriptions, hashed when first wanted: they never change while Jenkins runs. */
    private Map<EngineJar, Path> jars;

    /** The folder below an agent's root that all versions lie in, and what tells which machines stand by there. */
    static FilePath home(FilePath agentRoot) {
        return agentRoot.child(PLUGIN);
    }

    /**
     * Sees to it that an agent has the jars, whole.
     *
     * @return the folder that they lie in
     */
    FilePath installOn(FilePath agentRoot, BoundedCall agent) throws IOException, InterruptedException {
        FilePath folder = folderOn(agentRoot);
        if (isWhole(folder, agent)) {
            return folder;
        }
        FilePath fresh = home(agentRoot).child(".new-" + UUID.randomUUID());
        try {
            fresh.mkdirs();
            for (Map.Entry<EngineJar, Path> jar : jars().entrySet()) {
                fresh.child(jar.getKey().name()).copyFrom(new ByteArrayInputStream(bytes(jar.getValue())));
            }
            folder.deleteRecursive();
            fresh.renameTo(folder);
        } catch (IOException e) {
            // Another block may have been faster; otherwise this one's reason is what counts.
            if (!isWhole(folder, agent)) {
                throw e;
            }
        } finally {
            fresh.deleteRecursive();
        }
        return folder;
    }

    /** Where these jars lie on an agent, once they were brought there. */
    FilePath folderOn(FilePath agentRoot) throws IOException {
        return home(agentRoot).child(folderName());
    }

    /** The name of this version's folder. */
    synchronized String folderName() throws IOException {
        MessageDigest all = sha256();
        jars().keySet().forEach(jar -> all.update(jar.sha256().getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        String version = plugin().getVersion().replaceAll("[^A-Za-z0-9.-].*", "");
        return version + "-" + hex(all).substring(0, DIGEST_LENGTH);
    }

    private boolean isWhole(FilePath folder, BoundedCall agent) throws IOException, InterruptedException {
        return agent.call(new AgentCalls.VerifyJars(folder.getRemote(), List.copyOf(jars().keySet())), Agent.PATIENCE);
    }

    private synchronized Map<EngineJar, Path> jars() throws IOException {
        if (jars == null) {
            Map<EngineJar, Path> found = new LinkedHashMap<>();
            for (Path path : classPath()) {
                String name = Files.isDirectory(path) ? "classes-" + found.size() + ".jar" : name(path);
                MessageDigest digest = sha256();
                digest.update(bytes(path));
                found.put(new EngineJar(name, hex(digest)), path);
            }
            jars = found;
        }
        return jars;
    }

    /** The plugin's own class path: its jars, or folders of classes while it is being developed. */
    private static List<Path> classPath() throws IOException {
        if (!(plugin().classLoader instanceof URLClassLoader loader)) {
            throw new IOException("The plugin's class path is not known: it was loaded by " + plugin().classLoader);
        }
        List<Path> paths = new ArrayList<>();
        for (URL url : loader.getURLs()) {
            try {
                Path path = Path.of(url.toURI());
                if (Files.exists(path)) {
                    paths.add(path);
                }
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }
        return paths;
    }

    private static PluginWrapper plugin() {
        return Jenkins.get().getPluginManager().getPlugin(PLUGIN);
    }

    private static byte[] bytes(Path path) throws IOException {
        return Files.isDirectory(path) ? zipped(path) : Files.readAllBytes(path);
    }

    /** A folder of classes as a jar, the same bytes each time. */
    private static byte[] zipped(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(folder.relativize(file).toString());
                entry.setTime(0);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
            }
        }
        return bytes.toByteArray();
    }

    private static String name(Path path) {
        return PathParts.name(path).toString();
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
