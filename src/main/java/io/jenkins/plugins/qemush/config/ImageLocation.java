package io.jenkins.plugins.qemush.config;

import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.qemush.agent.ImageChoice;

/** Where an image on the configuration page comes from. */
public abstract class ImageLocation extends AbstractDescribableImpl<ImageLocation> {
    /** What the agent is to boot, for an image of that name and architecture. */
    abstract ImageChoice choice(String name, String arch);

    /** Why this cannot be used, as a sentence; empty when it can. */
    abstract String problem();
}
