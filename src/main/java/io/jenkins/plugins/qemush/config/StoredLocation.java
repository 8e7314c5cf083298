package io.jenkins.plugins.qemush.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.qemush.agent.ImageChoice;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A folder or a URL with an {@code image.json}: agents copy it into their store when they first need it. */
public class StoredLocation extends ImageLocation {
    private final String place;
    private String sha256;

    /**
     * @param place a folder on the agent, or the URL (http, https, file) of an {@code image.json}
     */
    @DataBoundConstructor
    public StoredLocation(String place) {
        this.place = Texts.orNull(place);
    }

    public String getPlace() {
        return place;
    }

    public String getSha256() {
        return sha256;
    }

    /** The digest of the {@code image.json}, which has those of all its files in it; any will do unless set. */
    @DataBoundSetter
    public void setSha256(String sha256) {
        this.sha256 = Texts.orNull(sha256);
    }

    @Override
    ImageChoice choice(String name, String arch) {
        return new ImageChoice.Located(place, sha256);
    }

    @Override
    String problem() {
        String problem = Places.problem(place, true);
        return problem.isEmpty() ? Places.problemOfDigest(sha256) : problem;
    }

    /** Validates the fields. */
    @Extension
    @Symbol("imageJson")
    public static class DescriptorImpl extends Descriptor<ImageLocation> {
        @Override
        public String getDisplayName() {
            return Messages.StoredLocation_title();
        }

        @POST
        public FormValidation doCheckPlace(@QueryParameter String value, @QueryParameter String sha256) {
            return Checks.place(value, sha256, true);
        }

        @POST
        public FormValidation doCheckSha256(@QueryParameter String value) {
            return Checks.digest(value);
        }
    }
}
