package io.jenkins.plugins.qemush.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.qemush.agent.ImageChoice;
import io.jenkins.plugins.qemush.engine.image.HandMade;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A kernel and a disk that lie on the agents, made by whatever means. */
public class FilesLocation extends ImageLocation {
    private final String kernel;
    private final String disk;
    private String initrd;
    private String dtb;
    private String user = HandMade.DEFAULT_USER;
    private String machineType;
    private String rootDevice;
    private String kernelArguments;

    @DataBoundConstructor
    public FilesLocation(String kernel, String disk) {
        this.kernel = kernel;
        this.disk = disk;
    }

    public String getKernel() {
        return kernel;
    }

    public String getDisk() {
        return disk;
    }

    public String getInitrd() {
        return initrd;
    }

    @DataBoundSetter
    public void setInitrd(String initrd) {
        this.initrd = emptyToNull(initrd);
    }

    public String getDtb() {
        return dtb;
    }

    /** A device tree, for machines that have none built in. */
    @DataBoundSetter
    public void setDtb(String dtb) {
        this.dtb = emptyToNull(dtb);
    }

    public String getUser() {
        return user;
    }

    /** Who runs the commands; created when the disk has no such user. */
    @DataBoundSetter
    public void setUser(String user) {
        this.user = user == null || user.isBlank() ? HandMade.DEFAULT_USER : user.strip();
    }

    public String getMachineType() {
        return machineType;
    }

    /** QEMU's {@code -machine}, instead of the architecture's usual one. */
    @DataBoundSetter
    public void setMachineType(String machineType) {
        this.machineType = emptyToNull(machineType);
    }

    public String getRootDevice() {
        return rootDevice;
    }

    /** The kernel's {@code root=}. */
    @DataBoundSetter
    public void setRootDevice(String rootDevice) {
        this.rootDevice = emptyToNull(rootDevice);
    }

    public String getKernelArguments() {
        return kernelArguments;
    }

    /** More for the kernel command line. */
    @DataBoundSetter
    public void setKernelArguments(String kernelArguments) {
        this.kernelArguments = emptyToNull(kernelArguments);
    }

    @Override
    ImageChoice choice(String name, String arch) {
        return new ImageChoice.ByHand(
                name, arch, kernel, disk, initrd, dtb, user, machineType, rootDevice, kernelArguments);
    }

    private static String emptyToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Validates the fields. */
    @Extension
    @Symbol("imageFiles")
    public static class DescriptorImpl extends Descriptor<ImageLocation> {
        @Override
        public String getDisplayName() {
            return "A kernel and a disk on the agent";
        }

        @POST
        public FormValidation doCheckKernel(@QueryParameter String value) {
            return absolute(value);
        }

        @POST
        public FormValidation doCheckDisk(@QueryParameter String value) {
            return absolute(value);
        }

        private static FormValidation absolute(String path) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return path.startsWith("/")
                    ? FormValidation.ok()
                    : FormValidation.error("Give an absolute path of the agent.");
        }
    }
}
