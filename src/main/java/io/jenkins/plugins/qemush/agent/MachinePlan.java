package io.jenkins.plugins.qemush.agent;

import java.io.Serializable;
import java.util.Map;

/**
 * What an order comes to on its agent.
 *
 * @param memory in MB
 * @param source where the image came from, for people
 * @param digests the SHA-256 digests of the image's files, by their roles; of a hand-made image nobody knows them
 */
public record MachinePlan(
        String image, String arch, int memory, String user, String source, Map<String, String> digests)
        implements Serializable {

    /** What it is, in a few words. */
    public String title() {
        return image + " (" + arch + ", " + memory + " MB)";
    }
}
