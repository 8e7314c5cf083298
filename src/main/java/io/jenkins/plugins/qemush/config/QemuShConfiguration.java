package io.jenkins.plugins.qemush.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import io.jenkins.plugins.qemush.agent.AgentFolders;
import io.jenkins.plugins.qemush.agent.ImageChoice;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The images, what machines are like, and the limits of what blocks may take of an agent. */
@Extension
@Symbol("qemuSh")
public class QemuShConfiguration extends MachineDefaults implements AgentFolders.Source {
    private static final int UNLIMITED = 0;

    /** A Unix socket's path has 106 bytes at most, and a machine's name and its socket's come behind this one. */
    private static final int LONGEST_RUN_FOLDER = 50;

    private List<ConfiguredImage> images = new ArrayList<>();

    /** 0: as many as are asked for. */
    private int machinesPerAgent = UNLIMITED;

    /** In MB; 0: as much as is asked for. */
    private int memoryPerAgent = UNLIMITED;

    private boolean makeMissingImages = true;

    /** Null: that of each agent's user. */
    private String agentHome;

    /** Null: below /tmp. */
    private String agentRunFolder;

    public QemuShConfiguration() {
        load();
    }

    public static QemuShConfiguration get() {
        return ExtensionList.lookupSingleton(QemuShConfiguration.class);
    }

    public List<ConfiguredImage> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(List<ConfiguredImage> images) {
        this.images = images == null ? new ArrayList<>() : new ArrayList<>(images);
        save();
    }

    public int getMachinesPerAgent() {
        return machinesPerAgent;
    }

    @DataBoundSetter
    public void setMachinesPerAgent(int machinesPerAgent) {
        this.machinesPerAgent = Math.max(UNLIMITED, machinesPerAgent);
        save();
    }

    public int getMemoryPerAgent() {
        return memoryPerAgent;
    }

    @DataBoundSetter
    public void setMemoryPerAgent(int memoryPerAgent) {
        this.memoryPerAgent = Math.max(UNLIMITED, memoryPerAgent);
        save();
    }

    public boolean isMakeMissingImages() {
        return makeMissingImages;
    }

    /** Whether an agent builds {@code debian-ARCH} when a block wants an architecture that neither has an image for. */
    @DataBoundSetter
    public void setMakeMissingImages(boolean makeMissingImages) {
        this.makeMissingImages = makeMissingImages;
        save();
    }

    public String getAgentHome() {
        return agentHome;
    }

    /** The folder of images and saved states on agents, an absolute path. */
    @DataBoundSetter
    public void setAgentHome(String agentHome) {
        this.agentHome = Texts.orNull(agentHome);
        save();
    }

    public String getAgentRunFolder() {
        return agentRunFolder;
    }

    /** What the paths of the folders of run directories on agents begin with, an absolute path. */
    @DataBoundSetter
    public void setAgentRunFolder(String agentRunFolder) {
        this.agentRunFolder = Texts.orNull(agentRunFolder);
        save();
    }

    @Override
    public AgentFolders agentFolders() {
        return new AgentFolders(agentHome, agentRunFolder);
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        List<ConfiguredImage> before = images;
        BulkChange change = new BulkChange(this);
        try {
            // A form with no image left does not mention images at all.
            images = new ArrayList<>();
            request.bindJSON(this, form);
            requireComplete();
            change.commit();
            return true;
        } catch (IOException e) {
            throw new FormException(e.getMessage(), "images");
        } catch (FormException e) {
            // What was bound already is forgotten, too.
            images = before;
            load();
            throw e;
        } finally {
            change.abort();
        }
    }

    /** A form that was half filled in is not saved. */
    private void requireComplete() throws FormException {
        requireFolder(agentHome, Integer.MAX_VALUE, "agentHome");
        requireFolder(agentRunFolder, LONGEST_RUN_FOLDER, "agentRunFolder");
        Set<String> names = new HashSet<>();
        for (ConfiguredImage image : images) {
            if (!image.problem().isEmpty()) {
                throw new FormException(Messages.QemuShConfiguration_notSaved(image.problem()), "images");
            }
            if (!names.add(image.getName())) {
                throw new FormException(
                        Messages.QemuShConfiguration_notSaved(Messages.QemuShConfiguration_twice(image.getName())),
                        "images");
            }
        }
    }

    private static void requireFolder(String folder, int longest, String field) throws FormException {
        String problem = Places.problemOfFolder(folder, longest);
        if (!problem.isEmpty()) {
            throw new FormException(Messages.QemuShConfiguration_notSaved(problem), field);
        }
    }

    /**
     * The image for a block: the named one, else the first one on this page for the architecture, else what the agent's
     * store has or, if that is allowed, is made there.
     *
     * @param arch a name or an alias of the machine table, or null
     * @param image a name, or null
     * @throws HostFailure when there is no such architecture, or the image is of another one
     */
    public ImageChoice choose(String arch, String image) throws HostFailure {
        String wanted = arch == null ? null : MachineTable.find(arch).name();
        for (ConfiguredImage configured : images) {
            if (image == null && Objects.equals(configured.getArch(), wanted)) {
                return configured.choice();
            }
            if (image != null && image.equals(configured.getName())) {
                if (wanted != null && !configured.getArch().equals(wanted)) {
                    throw new HostFailure(
                            Messages.QemuShConfiguration_other(image, configured.getArch(), wanted),
                            Messages.QemuShConfiguration_one());
                }
                return configured.choice();
            }
        }
        return image != null ? new ImageChoice.Named(image) : new ImageChoice.DefaultOf(wanted, makeMissingImages);
    }

    @POST
    public FormValidation doCheckMachinesPerAgent(@QueryParameter String value) {
        return Checks.notNegative(value);
    }

    @POST
    public FormValidation doCheckMemoryPerAgent(@QueryParameter String value) {
        return Checks.notNegative(value);
    }

    @POST
    public FormValidation doCheckAgentHome(@QueryParameter String value) {
        return Checks.folder(value, Integer.MAX_VALUE);
    }

    @POST
    public FormValidation doCheckAgentRunFolder(@QueryParameter String value) {
        return Checks.folder(value, LONGEST_RUN_FOLDER);
    }
}
