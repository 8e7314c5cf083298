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

/** An image that each agent builds from Debian packages when it first needs it. */
public class DebianLocation extends ImageLocation {
    private String include;
    private String suite;
    private String mirror;
    private String size;

    @DataBoundConstructor
    public DebianLocation() {
        // All is set one by one.
    }

    public String getInclude() {
        return include;
    }

    /** More packages, separated by spaces or commas. */
    @DataBoundSetter
    public void setInclude(String include) {
        this.include = Texts.orNull(include);
    }

    public String getSuite() {
        return suite;
    }

    /** The Debian release; the builder's choice for the architecture unless set. */
    @DataBoundSetter
    public void setSuite(String suite) {
        this.suite = Texts.orNull(suite);
    }

    public String getMirror() {
        return mirror;
    }

    /** The address of a Debian mirror; the agent's own unless set. */
    @DataBoundSetter
    public void setMirror(String mirror) {
        this.mirror = Texts.orNull(mirror);
    }

    public String getSize() {
        return size;
    }

    /** Of the disk, as in 4G. */
    @DataBoundSetter
    public void setSize(String size) {
        this.size = Texts.orNull(size);
    }

    @Override
    ImageChoice choice(String name, String arch) {
        return new ImageChoice.Built(name, arch, Texts.words(include), suite, mirror, size);
    }

    @Override
    String problem() {
        return Places.problem(mirror, false);
    }

    /** Validates the fields. */
    @Extension
    @Symbol("debianPackages")
    public static class DescriptorImpl extends Descriptor<ImageLocation> {
        @Override
        public String getDisplayName() {
            return Messages.DebianLocation_title();
        }

        @POST
        public FormValidation doCheckInclude(@QueryParameter String value) {
            return Checks.packages(value);
        }

        @POST
        public FormValidation doCheckMirror(@QueryParameter String value) {
            return Checks.mirror(value);
        }

        @POST
        public FormValidation doCheckSize(@QueryParameter String value) {
            Checks.permission();
            return value == null || value.isBlank() || value.strip().matches("[0-9]+[MG]")
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.DebianLocation_size());
        }
    }
}
