package io.jenkins.plugins.qemush.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.qemush.agent.FileChoice;
import io.jenkins.plugins.qemush.agent.ImageChoice;
import io.jenkins.plugins.qemush.agent.ImageOfFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A kernel and a disk, made by whatever means: each at a path of the agents or an address, each perhaps with its SHA-256
 * digest.
 */
public class FilesLocation extends ImageLocation {
    private final String kernel;
    private final String disk;
    private String kernelSha256;
    private String diskSha256;
    private String initrd;
    private String initrdSha256;
    private String dtb;
    private String dtbSha256;
    private String firmware;
    private String firmwareSha256;

    @DataBoundConstructor
    public FilesLocation(String kernel, String disk) {
        this.kernel = Texts.orNull(kernel);
        this.disk = Texts.orNull(disk);
    }

    public String getKernel() {
        return kernel;
    }

    public String getKernelSha256() {
        return kernelSha256;
    }

    @DataBoundSetter
    public void setKernelSha256(String kernelSha256) {
        this.kernelSha256 = Texts.orNull(kernelSha256);
    }

    public String getDisk() {
        return disk;
    }

    public String getDiskSha256() {
        return diskSha256;
    }

    @DataBoundSetter
    public void setDiskSha256(String diskSha256) {
        this.diskSha256 = Texts.orNull(diskSha256);
    }

    public String getInitrd() {
        return initrd;
    }

    @DataBoundSetter
    public void setInitrd(String initrd) {
        this.initrd = Texts.orNull(initrd);
    }

    public String getInitrdSha256() {
        return initrdSha256;
    }

    @DataBoundSetter
    public void setInitrdSha256(String initrdSha256) {
        this.initrdSha256 = Texts.orNull(initrdSha256);
    }

    public String getDtb() {
        return dtb;
    }

    /** A device tree, for machines that have none built in. */
    @DataBoundSetter
    public void setDtb(String dtb) {
        this.dtb = Texts.orNull(dtb);
    }

    public String getDtbSha256() {
        return dtbSha256;
    }

    @DataBoundSetter
    public void setDtbSha256(String dtbSha256) {
        this.dtbSha256 = Texts.orNull(dtbSha256);
    }

    public String getFirmware() {
        return firmware;
    }

    /** QEMU's {@code -bios}. */
    @DataBoundSetter
    public void setFirmware(String firmware) {
        this.firmware = Texts.orNull(firmware);
    }

    public String getFirmwareSha256() {
        return firmwareSha256;
    }

    @DataBoundSetter
    public void setFirmwareSha256(String firmwareSha256) {
        this.firmwareSha256 = Texts.orNull(firmwareSha256);
    }

    @Override
    ImageChoice choice(String name, String arch) {
        return new ImageOfFiles(name, arch, files());
    }

    /** By their roles, those that there are. */
    private Map<String, FileChoice> files() {
        Map<String, FileChoice> files = new LinkedHashMap<>();
        put(files, "kernel", kernel, kernelSha256);
        put(files, "initrd", initrd, initrdSha256);
        put(files, "dtb", dtb, dtbSha256);
        put(files, "firmware", firmware, firmwareSha256);
        put(files, "disk", disk, diskSha256);
        return files;
    }

    private static void put(Map<String, FileChoice> files, String role, String place, String sha256) {
        if (place != null) {
            files.put(role, new FileChoice(place, sha256));
        }
    }

    @Override
    String problem() {
        if (kernel == null || disk == null) {
            return Messages.FilesLocation_incomplete();
        }
        for (Map.Entry<String, FileChoice> file : files().entrySet()) {
            String place = Places.problem(file.getValue().place(), true);
            String problem =
                    place.isEmpty() ? Places.problemOfDigest(file.getValue().sha256()) : place;
            if (!problem.isEmpty()) {
                return Messages.FilesLocation_file(file.getKey(), problem);
            }
        }
        return "";
    }

    /** Validates the fields. */
    @Extension
    @Symbol("imageFiles")
    public static class DescriptorImpl extends Descriptor<ImageLocation> {
        @Override
        public String getDisplayName() {
            return Messages.FilesLocation_title();
        }

        @POST
        public FormValidation doCheckKernel(@QueryParameter String value, @QueryParameter String kernelSha256) {
            return Checks.place(value, kernelSha256, true);
        }

        @POST
        public FormValidation doCheckKernelSha256(@QueryParameter String value) {
            return Checks.digest(value);
        }

        @POST
        public FormValidation doCheckDisk(@QueryParameter String value, @QueryParameter String diskSha256) {
            return Checks.place(value, diskSha256, true);
        }

        @POST
        public FormValidation doCheckDiskSha256(@QueryParameter String value) {
            return Checks.digest(value);
        }

        @POST
        public FormValidation doCheckInitrd(@QueryParameter String value, @QueryParameter String initrdSha256) {
            return Checks.place(value, initrdSha256, false);
        }

        @POST
        public FormValidation doCheckInitrdSha256(@QueryParameter String value) {
            return Checks.digest(value);
        }

        @POST
        public FormValidation doCheckDtb(@QueryParameter String value, @QueryParameter String dtbSha256) {
            return Checks.place(value, dtbSha256, false);
        }

        @POST
        public FormValidation doCheckDtbSha256(@QueryParameter String value) {
            return Checks.digest(value);
        }

        @POST
        public FormValidation doCheckFirmware(@QueryParameter String value, @QueryParameter String firmwareSha256) {
            return Checks.place(value, firmwareSha256, false);
        }

        @POST
        public FormValidation doCheckFirmwareSha256(@QueryParameter String value) {
            return Checks.digest(value);
        }
    }
}
