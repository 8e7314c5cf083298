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

/** A kernel and a disk that lie on the agents, made by whatever means. */
public class FilesLocation extends ImageLocation {
    private final String kernel;
    private final String disk;
    private String initrd;
    private String dtb;
    private String firmware;

    @DataBoundConstructor
    public FilesLocation(String kernel, String disk) {
        this.kernel = Texts.orNull(kernel);
        this.disk = Texts.orNull(disk);
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
        this.initrd = Texts.orNull(initrd);
    }

    public String getDtb() {
        return dtb;
    }

    /** A device tree, for machines that have none built in. */
    @DataBoundSetter
    public void setDtb(String dtb) {
        this.dtb = Texts.orNull(dtb);
    }

    public String getFirmware() {
        return firmware;
    }

    /** QEMU's {@code -bios}. */
    @DataBoundSetter
    public void setFirmware(String firmware) {
        this.firmware = Texts.orNull(firmware);
    }

    @Override
    ImageChoice choice(String name, String arch) {
        return new ImageChoice.ByHand(name, arch, kernel, disk, initrd, dtb, firmware);
    }

    @Override
    boolean isComplete() {
        return kernel != null && disk != null;
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
            return Checks.path(value, true);
        }

        @POST
        public FormValidation doCheckDisk(@QueryParameter String value) {
            return Checks.path(value, true);
        }

        @POST
        public FormValidation doCheckInitrd(@QueryParameter String value) {
            return Checks.path(value, false);
        }

        @POST
        public FormValidation doCheckDtb(@QueryParameter String value) {
            return Checks.path(value, false);
        }

        @POST
        public FormValidation doCheckFirmware(@QueryParameter String value) {
            return Checks.path(value, false);
        }
    }
}
