package io.jenkins.plugins.qemush.config;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import jenkins.model.GlobalConfiguration;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a machine is like unless its block says otherwise. */
public abstract class MachineDefaults extends GlobalConfiguration {
    private static final int DEFAULT_BOOT_TIMEOUT = (int) Limits.DEFAULT_BOOT.toSeconds();

    /** More memory than that some machines cannot have. */
    private static final int ALL_HAVE = 256;

    private Integer memory;
    private int cpus = 1;
    private String network = Word.NETWORK.standard();
    private int bootTimeout = DEFAULT_BOOT_TIMEOUT;
    private int idleTimeout;
    private int totalTimeout;
    private String warm = Word.WARM.standard();
    private boolean defaultsAreLimits;
    private boolean archiveConsole = true;

    /** What another version, or somebody by hand, has written counts as far as it makes sense. */
    protected Object readResolve() {
        memory = memory != null && memory > 0 ? memory : null;
        cpus = Math.max(1, cpus);
        network = Word.NETWORK.orStandard(network);
        bootTimeout = bootTimeout > 0 ? bootTimeout : DEFAULT_BOOT_TIMEOUT;
        idleTimeout = Math.max(0, idleTimeout);
        totalTimeout = Math.max(0, totalTimeout);
        warm = Word.WARM.orStandard(warm);
        return this;
    }

    public Integer getMemory() {
        return memory;
    }

    /** In MB; the image's own unless set. */
    @DataBoundSetter
    public void setMemory(Integer memory) {
        this.memory = memory != null && memory > 0 ? memory : null;
        save();
    }

    public int getCpus() {
        return cpus;
    }

    @DataBoundSetter
    public void setCpus(int cpus) {
        this.cpus = Math.max(1, cpus);
        save();
    }

    public String getNetwork() {
        return network;
    }

    /** A word of {@link Word#NETWORK}; the usual one for whatever else. */
    @DataBoundSetter
    public void setNetwork(String network) {
        this.network = Word.NETWORK.orStandard(network);
        save();
    }

    public int getBootTimeout() {
        return bootTimeout;
    }

    /** What a boot may take, in seconds. */
    @DataBoundSetter
    public void setBootTimeout(int bootTimeout) {
        this.bootTimeout = bootTimeout > 0 ? bootTimeout : DEFAULT_BOOT_TIMEOUT;
        save();
    }

    public int getIdleTimeout() {
        return idleTimeout;
    }

    /** How long no command may run in a machine, in seconds; 0 for no limit. */
    @DataBoundSetter
    public void setIdleTimeout(int idleTimeout) {
        this.idleTimeout = Math.max(0, idleTimeout);
        save();
    }

    public int getTotalTimeout() {
        return totalTimeout;
    }

    /** How long a machine may be there, in seconds; 0 for no limit. */
    @DataBoundSetter
    public void setTotalTimeout(int totalTimeout) {
        this.totalTimeout = Math.max(0, totalTimeout);
        save();
    }

    public boolean isDefaultsAreLimits() {
        return defaultsAreLimits;
    }

    /** Whether a block may ask for less only: of the three times, and of the network. */
    @DataBoundSetter
    public void setDefaultsAreLimits(boolean defaultsAreLimits) {
        this.defaultsAreLimits = defaultsAreLimits;
        save();
    }

    public String getWarm() {
        return warm;
    }

    /** How a machine starts: a word of {@link Word#WARM}; the usual one for whatever else. */
    @DataBoundSetter
    public void setWarm(String warm) {
        this.warm = Word.WARM.orStandard(warm);
        save();
    }

    public boolean isArchiveConsole() {
        return archiveConsole;
    }

    /** Whether the console logs become artifacts of their builds. */
    @DataBoundSetter
    public void setArchiveConsole(boolean archiveConsole) {
        this.archiveConsole = archiveConsole;
        save();
    }

    @POST
    public ListBoxModel doFillNetworkItems() {
        Checks.readPermission();
        return Word.NETWORK.items();
    }

    @POST
    public ListBoxModel doFillWarmItems() {
        Checks.readPermission();
        return Word.WARM.items();
    }

    @POST
    public FormValidation doCheckMemory(@QueryParameter String value) {
        FormValidation number = Checks.positiveOrEmpty(value);
        boolean much = number.kind == FormValidation.Kind.OK
                && Texts.orNull(value) != null
                && Integer.parseInt(value.strip()) > ALL_HAVE;
        return much ? FormValidation.ok(Messages.MachineDefaults_memory(ALL_HAVE)) : number;
    }

    @POST
    public FormValidation doCheckCpus(@QueryParameter String value) {
        Checks.permission();
        return FormValidation.validatePositiveInteger(value);
    }

    @POST
    public FormValidation doCheckBootTimeout(@QueryParameter String value) {
        Checks.permission();
        return FormValidation.validatePositiveInteger(value);
    }

    @POST
    public FormValidation doCheckIdleTimeout(@QueryParameter String value) {
        return Checks.notNegative(value);
    }

    @POST
    public FormValidation doCheckTotalTimeout(@QueryParameter String value) {
        return Checks.notNegative(value);
    }
}
