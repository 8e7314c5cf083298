package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.qemush.config.QemuShConfiguration;
import io.jenkins.plugins.qemush.config.Word;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code qemuSh(arch: 'aarch64') { sh 'id' }}: runs the {@code sh} steps of its body in a throw-away virtual machine. */
public class QemuShStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private String arch;
    private String image;
    private String user;
    private Integer memory;
    private Integer cpus;
    private String network;
    private boolean fixNetwork;
    private String sync = Word.SYNC.standard();
    private String syncExclude = "";
    private String syncLinks = Word.SYNC_LINKS.standard();
    private String syncSetid = Word.SYNC_SETID.standard();
    private String syncGit = Word.SYNC_GIT.standard();
    private String onConflict = Word.ON_CONFLICT.standard();
    private Integer bootTimeout;
    private Integer idleTimeout;
    private Integer totalTimeout;
    private String warm;
    private Boolean archiveConsole;

    /** Without parameters: declarative Pipelines refuse a step that lacks one of its constructor's. */
    @DataBoundConstructor
    public QemuShStep() {}

    public String getArch() {
        return arch;
    }

    /** A name or an alias of the machine table; may be left out when {@link #setImage an image} is named. */
    @DataBoundSetter
    public void setArch(String arch) {
        this.arch = emptyToNull(arch);
    }

    public String getImage() {
        return image;
    }

    /** The image by its name on the configuration page or in the agent's store, instead of the architecture's default. */
    @DataBoundSetter
    public void setImage(String image) {
        this.image = emptyToNull(image);
    }

    public String getUser() {
        return user;
    }

    /** Who runs the commands; the image's own user unless set. */
    @DataBoundSetter
    public void setUser(String user) {
        this.user = emptyToNull(user);
    }

    public Integer getMemory() {
        return memory;
    }

    /** The machine's memory in MB. */
    @DataBoundSetter
    public void setMemory(Integer memory) {
        this.memory = memory;
    }

    public Integer getCpus() {
        return cpus;
    }

    /** The machine's processors; every one more makes the boot slower under emulation. */
    @DataBoundSetter
    public void setCpus(Integer cpus) {
        this.cpus = cpus;
    }

    public String getNetwork() {
        return network;
    }

    /** {@code user}: the guest reaches what the agent reaches; {@code none}: it reaches nothing. */
    @DataBoundSetter
    public void setNetwork(String network) {
        this.network = emptyToNull(network);
    }

    public boolean isFixNetwork() {
        return fixNetwork;
    }

    /** Whether the guest's network interface gets its address by hand, over the console. */
    @DataBoundSetter
    public void setFixNetwork(boolean fixNetwork) {
        this.fixNetwork = fixNetwork;
    }

    public String getSync() {
        return sync;
    }

    /** How the workspace reaches the machine: a {@link io.jenkins.plugins.qemush.engine.sync.SyncMode} in lower case. */
    @DataBoundSetter
    public void setSync(String sync) {
        this.sync = sync;
    }

    public String getSyncExclude() {
        return syncExclude;
    }

    /** Ant patterns, separated by commas, of what stays where it is. */
    @DataBoundSetter
    public void setSyncExclude(String syncExclude) {
        this.syncExclude = syncExclude == null ? "" : syncExclude.strip();
    }

    public String getSyncLinks() {
        return syncLinks;
    }

    /** What becomes of links that point out of the workspace: a word of {@link Word#SYNC_LINKS}. */
    @DataBoundSetter
    public void setSyncLinks(String syncLinks) {
        this.syncLinks = syncLinks;
    }

    public String getSyncSetid() {
        return syncSetid;
    }

    /** What becomes of files with the setuid or setgid bit: a word of {@link Word#SYNC_SETID}. */
    @DataBoundSetter
    public void setSyncSetid(String syncSetid) {
        this.syncSetid = syncSetid;
    }

    public String getOnConflict() {
        return onConflict;
    }

    public String getSyncGit() {
        return syncGit;
    }

    /** What becomes of git's hooks and configuration: a word of {@link Word#SYNC_GIT}. */
    @DataBoundSetter
    public void setSyncGit(String syncGit) {
        this.syncGit = syncGit;
    }

    /** What becomes of files that both sides changed: a word of {@link Word#ON_CONFLICT}. */
    @DataBoundSetter
    public void setOnConflict(String onConflict) {
        this.onConflict = onConflict;
    }

    public Integer getBootTimeout() {
        return bootTimeout;
    }

    /** The limit for the boot in seconds; the one of the configuration page unless set. */
    @DataBoundSetter
    public void setBootTimeout(Integer bootTimeout) {
        this.bootTimeout = bootTimeout;
    }

    public Integer getIdleTimeout() {
        return idleTimeout;
    }

    /** How long no command may run in the machine, in seconds; 0 for no limit. */
    @DataBoundSetter
    public void setIdleTimeout(Integer idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public Integer getTotalTimeout() {
        return totalTimeout;
    }

    /** How long the machine may be there, in seconds; 0 for no limit. */
    @DataBoundSetter
    public void setTotalTimeout(Integer totalTimeout) {
        this.totalTimeout = totalTimeout;
    }

    public String getWarm() {
        return warm;
    }

    /**
     * Whether the machine is restored from a saved state.
     *
     * @param warm a {@link io.jenkins.plugins.qemush.engine.warm.WarmMode} in lower case, or {@code true} or {@code false} as
     *     Groovy has them: Pipelines and their validator take either where the type is this one
     */
    @DataBoundSetter
    public void setWarm(Object warm) {
        this.warm = warm == null ? null : emptyToNull(warm.toString());
    }

    /** The configuration page's answer unless set: the snippet generator leaves out what equals it. */
    public boolean isArchiveConsole() {
        return archiveConsole == null ? QemuShConfiguration.get().isArchiveConsole() : archiveConsole;
    }

    /** Whether the console log becomes an artifact of the build. */
    @DataBoundSetter
    public void setArchiveConsole(boolean archiveConsole) {
        this.archiveConsole = archiveConsole;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        new StepOrder(this).check();
        return new QemuShExecution(context, this);
    }

    private static String emptyToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Tells Pipeline about the step, and its forms about the values that its parameters can have. */
    @Extension
    public static class DescriptorImpl extends QemuShStepForm {
        @Override
        public String getFunctionName() {
            return "qemuSh";
        }

        @Override
        public String getDisplayName() {
            return Messages.QemuShStep_title();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, Node.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(Launcher.class);
        }
    }
}
