package io.jenkins.plugins.qemush.config;

import hudson.Extension;
import hudson.RelativePath;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.qemush.agent.ImageChoice;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An image on the configuration page. The first one of an architecture is that architecture's default. */
public class ConfiguredImage extends AbstractDescribableImpl<ConfiguredImage> {
    private final String name;
    private final String arch;
    private final ImageLocation location;
    private String user;
    private String consoleLogin;
    private String consolePrompt;
    private int standby;

    /** Null when all is as the image and the machine table have it. */
    private MachineSettings machine;

    /**
     * @param name what Pipelines call it
     * @param arch a name of the machine table
     */
    @DataBoundConstructor
    public ConfiguredImage(String name, String arch, ImageLocation location) {
        this.name = Texts.orNull(name);
        this.arch = Texts.orNull(arch);
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

    public String getUser() {
        return user;
    }

    /** Who runs the commands; created when the disk has no such user. The image's own unless set. */
    @DataBoundSetter
    public void setUser(String user) {
        this.user = Texts.orNull(user);
    }

    public String getConsoleLogin() {
        return consoleLogin;
    }

    /** Whom to log in as on the serial console, without a password; the image's own, usually root, unless set. */
    @DataBoundSetter
    public void setConsoleLogin(String consoleLogin) {
        this.consoleLogin = Texts.orNull(consoleLogin);
    }

    public String getConsolePrompt() {
        return consolePrompt;
    }

    /** The end of the line that asks for the login; the image's own unless set. Spaces at its end count. */
    @DataBoundSetter
    public void setConsolePrompt(String consolePrompt) {
        this.consolePrompt = consolePrompt == null || consolePrompt.isBlank() ? null : consolePrompt;
    }

    /** What somebody has written by hand counts as far as it makes sense. */
    protected Object readResolve() {
        setStandby(standby);
        return this;
    }

    public int getStandby() {
        return standby;
    }

    /** How many machines of it stand by on each agent where it is in use, at most {@link Checks#MOST_STANDBY}. */
    @DataBoundSetter
    public void setStandby(int standby) {
        this.standby = Math.max(0, Math.min(Checks.MOST_STANDBY, standby));
    }

    public MachineSettings getMachine() {
        return machine;
    }

    /** What the image's machine has otherwise than the machine table. */
    @DataBoundSetter
    public void setMachine(MachineSettings machine) {
        this.machine = machine == null || machine.isEmpty() ? null : machine;
    }

    /** Why this cannot be saved, as a sentence; empty when it can. */
    String problem() {
        if (name == null || !ImageManifest.isName(name) || arch == null || location == null) {
            return Messages.ConfiguredImage_incomplete();
        }
        String wrong = location.problem();
        if (!wrong.isEmpty()) {
            return Messages.ConfiguredImage_location(name, wrong);
        }
        try {
            Machine row = MachineTable.find(arch);
            return machine == null ? "" : machine.problem(row);
        } catch (HostFailure e) {
            return e.getMessage();
        }
    }

    /**
     * What the agent is to boot.
     *
     * @throws HostFailure when this entry is not filled in, or wrongly
     */
    public ImageChoice choice() throws HostFailure {
        String problem = problem();
        if (!problem.isEmpty()) {
            throw new HostFailure(Messages.ConfiguredImage_unusable(name, problem), Messages.ConfiguredImage_correct());
        }
        MachineSettings settings = machine == null ? new MachineSettings() : machine;
        return new ImageChoice.Configured(
                name, arch, location.choice(name, arch), settings.of(user, consoleLogin, consolePrompt));
    }

    /** Validates the entry's fields. */
    @Extension
    public static class DescriptorImpl extends Descriptor<ConfiguredImage> {
        @Override
        public String getDisplayName() {
            return Messages.ConfiguredImage_title();
        }

        @POST
        public ListBoxModel doFillArchItems() {
            ListBoxModel items = new ListBoxModel();
            Checks.readPermission();
            for (Machine row : MachineTable.all()) {
                String aliases = row.aliases().isEmpty() ? "" : " (" + String.join(", ", row.aliases()) + ")";
                items.add(row.name() + aliases, row.name());
            }
            return items;
        }

        @POST
        public FormValidation doCheckArch(@QueryParameter String value) {
            return Checks.arch(value);
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Checks.permission();
            return ImageManifest.isName(value)
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.ConfiguredImage_name());
        }

        @POST
        public FormValidation doCheckStandby(
                @QueryParameter String value,
                @QueryParameter String arch,
                @RelativePath("..") @QueryParameter String memory,
                @RelativePath("..") @QueryParameter String memoryPerAgent) {
            return Checks.standby(value, arch, memory, memoryPerAgent);
        }

        @POST
        public FormValidation doCheckUser(@QueryParameter String value) {
            Checks.permission();
            return value == null || value.isBlank() || ImageManifest.isUserName(value.strip())
                    ? FormValidation.ok()
                    : FormValidation.error(ImageManifest.USER_NAMES);
        }
    }
}
