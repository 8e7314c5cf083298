package io.jenkins.plugins.qemush.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.qemush.agent.ImageChoice;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An image on the configuration page. The first one of an architecture is that architecture's default. */
public class ConfiguredImage extends AbstractDescribableImpl<ConfiguredImage> {
    private final String name;
    private final String arch;
    private final ImageLocation location;

    /**
     * @param name what Pipelines call it
     * @param arch a name of the machine table
     */
    @DataBoundConstructor
    public ConfiguredImage(String name, String arch, ImageLocation location) {
        this.name = name;
        this.arch = arch;
        this.location = location;
    }

    public String getName() {
        return name;
    }

    public String getArch() {
        return arch;
    }

    public ImageLocation getLocation() {
        return location;
    }

    /**
     * What the agent is to boot.
     *
     * @throws HostFailure when this entry was never filled in
     */
    ImageChoice choice() throws HostFailure {
        if (location == null) {
            throw new HostFailure(
                    "The image " + name + " has no location.",
                    "Add one: Manage Jenkins, System, QEMU virtual machines.");
        }
        return location.choice(name, arch);
    }

    /** Validates the entry's fields. */
    @Extension
    public static class DescriptorImpl extends Descriptor<ConfiguredImage> {
        @Override
        public String getDisplayName() {
            return "Image";
        }

        @POST
        public ListBoxModel doFillArchItems() {
            ListBoxModel items = new ListBoxModel();
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            for (Machine machine : MachineTable.all()) {
                items.add(machine.name(), machine.name());
            }
            return items;
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return ImageManifest.isName(value)
                    ? FormValidation.ok()
                    : FormValidation.error("Use a-z, 0-9, dot, dash and underscore, and begin with a letter or digit.");
        }
    }
}
