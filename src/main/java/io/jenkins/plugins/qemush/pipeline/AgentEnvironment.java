package io.jenkins.plugins.qemush.pipeline;

import io.jenkins.plugins.qemush.engine.image.Sha256;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the agent's own environment was when the block began, told by digests: it is kept with the build, and an agent may
 * have secrets there. PATH alone is kept as it is, since the step's PATH is compared with it piece by piece.
 */
final class AgentEnvironment implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String PATH = "PATH";

    /** So that two builds do not tell whether a value is the same in both. */
    private final String salt = UUID.randomUUID().toString();

    private final TreeMap<String, String> digests = new TreeMap<>();
    private final String path;

    AgentEnvironment(Map<String, String> variables) {
        this.path = variables.getOrDefault(PATH, "");
        variables.forEach((name, value) -> digests.put(name, digest(name, value)));
    }

    /** Whether the agent's own environment says just this. */
    boolean says(String name, String value) {
        String digest = digests.get(name);
        return digest != null && digest.equals(digest(name, value));
    }

    /** The agent's PATH; empty when it has none. */
    String path() {
        return path;
    }

    private String digest(String name, String value) {
        MessageDigest digest = Sha256.start();
        digest.update((salt + name + "=" + value).getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(digest);
    }
}
