package io.jenkins.plugins.qemush.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.qemush.agent.ImageChoice;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A folder or a URL with an {@code image.json}: agents copy it into their store when they first need it. */
public class StoredLocation extends ImageLocation {
    private final String place;

    /**
     * @param place a folder on the agent, or the URL (http, https, file) of an {@code image.json}
     */
    @DataBoundConstructor
    public StoredLocation(String place) {
        this.place = place;
    }

    public String getPlace() {
        return place;
    }

    @Override
    ImageChoice choice(String name, String arch) {
        return new ImageChoice.Located(place);
    }

    /** Validates the field. */
    @Extension
    @Symbol("imageJson")
    public static class DescriptorImpl extends Descriptor<ImageLocation> {
        @Override
        public String getDisplayName() {
            return "A folder or URL with an image.json";
        }

        @POST
        public FormValidation doCheckPlace(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return value.startsWith("/") || value.matches("(?i)(https?|file)://?.+")
                    ? FormValidation.ok()
                    : FormValidation.error("Give an absolute path of the agent, or a URL with http, https or file.");
        }
    }
}
