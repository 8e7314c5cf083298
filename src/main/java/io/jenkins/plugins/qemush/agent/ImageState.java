package io.jenkins.plugins.qemush.agent;

import java.io.Serializable;

/**
 * How an image of the configuration lies on an agent.
 *
 * @param bytes that its files take; 0 while it is not there
 * @param verified when its files were last found right, in epoch milliseconds; 0 when never
 * @param detail what is wrong; empty when nothing is
 */
public record ImageState(Kind kind, long bytes, long verified, String detail) implements Serializable {
    /** Whether it is there. */
    public enum Kind {
        ABSENT,
        CACHED,
        DAMAGED
    }
}
