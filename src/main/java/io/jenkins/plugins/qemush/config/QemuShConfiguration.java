package io.jenkins.plugins.qemush.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import io.jenkins.plugins.qemush.agent.ImageChoice;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import io.jenkins.plugins.qemush.engine.vm.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The images, and the limits of what blocks may take of an agent. */
@Extension
@Symbol("qemuSh")
public class QemuShConfiguration extends GlobalConfiguration {
    /** What a boot may take, in seconds, unless its block says otherwise. */
    private static final int DEFAULT_BOOT_TIMEOUT = (int) Limits.DEFAULT_BOOT.toSeconds();

    private static final int UNLIMITED = 0;

    private List<ConfiguredImage> images = new ArrayList<>();
    private int bootTimeout = DEFAULT_BOOT_TIMEOUT;

    /** In MB; null: what the image has. */
    private Integer memory;

    /** 0: as many as are asked for. */
    private int machinesPerAgent = UNLIMITED;

    /** In MB; 0: as much as is asked for. */
    private int memoryPerAgent = UNLIMITED;

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

    public int getBootTimeout() {
        return bootTimeout;
    }

    @DataBoundSetter
    public void setBootTimeout(int bootTimeout) {
        this.bootTimeout = bootTimeout > 0 ? bootTimeout : DEFAULT_BOOT_TIMEOUT;
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

    public Integer getMemory() {
        return memory;
    }

    /** A machine's memory in MB unless its block says otherwise; the image's own unless set. */
    @DataBoundSetter
    public void setMemory(Integer memory) {
        this.memory = memory != null && memory > 0 ? memory : null;
        save();
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
        Set<String> names = new HashSet<>();
        for (ConfiguredImage image : images) {
            if (!image.problem().isEmpty()) {
                throw new FormException("QEMU virtual machines: " + image.problem() + " Nothing was saved.", "images");
            }
            if (!names.add(image.getName())) {
                throw new FormException(
                        "QEMU virtual machines: there are two images called " + image.getName()
                                + ". Nothing was saved.",
                        "images");
            }
        }
    }

    /**
     * The image for a block: the named one, else the first one on this page for the architecture, else what the agent's
     * store has.
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
                            "The image " + image + " is one for " + configured.getArch() + ", not for " + wanted + ".",
                            "Name only one of the two, or another image.");
                }
                return configured.choice();
            }
        }
        return image != null ? new ImageChoice.Named(image) : new ImageChoice.DefaultOf(wanted);
    }

    @POST
    public FormValidation doCheckMemory(@QueryParameter String value) {
        return Checks.positiveOrEmpty(value);
    }

    @POST
    public FormValidation doCheckBootTimeout(@QueryParameter String value) {
        Checks.permission();
        return FormValidation.validatePositiveInteger(value);
    }

    @POST
    public FormValidation doCheckMachinesPerAgent(@QueryParameter String value) {
        return Checks.notNegative(value);
    }

    @POST
    public FormValidation doCheckMemoryPerAgent(@QueryParameter String value) {
        return Checks.notNegative(value);
    }
}
