package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.image.store.PlacedFile;
import java.io.Serializable;
import java.util.Optional;

/**
 * One file of an image that has no {@code image.json}.
 *
 * @param place a path of the agent, or a URL
 * @param sha256 its digest; null for any
 */
public record FileChoice(String place, String sha256) implements Serializable {
    /** Whether it can be used where it lies: on the agent, whatever is in it. */
    boolean isInPlace() {
        return sha256 == null && !placed().isRemote();
    }

    PlacedFile placed() {
        return new PlacedFile(place, Optional.ofNullable(sha256));
    }
}
