package io.jenkins.plugins.qemush.config;

import hudson.Extension;
import hudson.RelativePath;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.qemush.agent.ImageSettings;
import io.jenkins.plugins.qemush.engine.machine.Bus;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What an image's machine has otherwise than the machine table. Each is null when it is as the table has it. */
public class MachineSettings extends AbstractDescribableImpl<MachineSettings> {
    private String type;
    private String cpu;
    private String console;
    private String bus;
    private String diskBus;
    private String net;
    private String root;
    private Integer memory;
    private Integer maxCpus;
    private String kernelArguments;
    private String qemuArguments;

    @DataBoundConstructor
    public MachineSettings() {
        // All is set one by one.
    }

    public String getType() {
        return type;
    }

    /** QEMU's {@code -machine}. */
    @DataBoundSetter
    public void setType(String type) {
        this.type = Texts.orNull(type);
    }

    public String getCpu() {
        return cpu;
    }

    /** QEMU's {@code -cpu}. */
    @DataBoundSetter
    public void setCpu(String cpu) {
        this.cpu = Texts.orNull(cpu);
    }

    public String getConsole() {
        return console;
    }

    /** The guest's serial terminal. */
    @DataBoundSetter
    public void setConsole(String console) {
        this.console = Texts.orNull(console);
    }

    public String getBus() {
        return bus;
    }

    /** Where virtio devices go, a {@link Bus} in lower case. */
    @DataBoundSetter
    public void setBus(String bus) {
        this.bus = Texts.orNull(bus);
    }

    public String getDiskBus() {
        return diskBus;
    }

    /** How the root disk is attached, a {@link io.jenkins.plugins.qemush.engine.machine.Machine.DiskBus} in lower case. */
    @DataBoundSetter
    public void setDiskBus(String diskBus) {
        this.diskBus = Texts.orNull(diskBus);
    }

    public String getNet() {
        return net;
    }

    /** {@code virtio}, or a network card of QEMU's. */
    @DataBoundSetter
    public void setNet(String net) {
        this.net = Texts.orNull(net);
    }

    public String getRoot() {
        return root;
    }

    /** The kernel's {@code root=}. */
    @DataBoundSetter
    public void setRoot(String root) {
        this.root = Texts.orNull(root);
    }

    public Integer getMemory() {
        return memory;
    }

    /** In MB, unless a block asks for more or less. */
    @DataBoundSetter
    public void setMemory(Integer memory) {
        this.memory = memory;
    }

    public Integer getMaxCpus() {
        return maxCpus;
    }

    /** The most processors of the machine. */
    @DataBoundSetter
    public void setMaxCpus(Integer maxCpus) {
        this.maxCpus = maxCpus;
    }

    public String getKernelArguments() {
        return kernelArguments;
    }

    /** More for the kernel command line. */
    @DataBoundSetter
    public void setKernelArguments(String kernelArguments) {
        this.kernelArguments = Texts.orNull(kernelArguments);
    }

    public String getQemuArguments() {
        return qemuArguments;
    }

    /** More for QEMU's command line, separated by spaces. */
    @DataBoundSetter
    public void setQemuArguments(String qemuArguments) {
        this.qemuArguments = Texts.orNull(qemuArguments);
    }

    /** Why a machine of this row cannot be like that, as a sentence; empty when it can. */
    String problem(Machine row) {
        // Another machine type has bounds of its own, which QEMU tells.
        return memory != null && type == null && memory > row.maxMemory()
                ? Messages.MachineSettings_memory(row.name(), row.type(), row.maxMemory())
                : "";
    }

    boolean isEmpty() {
        return Stream.of(type, cpu, console, bus, diskBus, net, root, memory, maxCpus, kernelArguments, qemuArguments)
                .allMatch(Objects::isNull);
    }

    ImageSettings of(String user, String login, String prompt) {
        return new ImageSettings(
                user,
                login,
                prompt,
                type,
                cpu,
                console,
                bus,
                diskBus,
                net,
                root,
                memory,
                maxCpus,
                kernelArguments,
                qemuArguments == null ? List.of() : List.of(qemuArguments.split("\\s+")));
    }

    /** Validates the fields. */
    @Extension
    public static class DescriptorImpl extends Descriptor<MachineSettings> {
        @Override
        public String getDisplayName() {
            return Messages.MachineSettings_title();
        }

        @POST
        public ListBoxModel doFillBusItems() {
            return items(Bus.values());
        }

        @POST
        public ListBoxModel doFillDiskBusItems() {
            return items(Machine.DiskBus.values());
        }

        private static ListBoxModel items(Enum<?>[] values) {
            Checks.readPermission();
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.MachineSettings_usual(), "");
            for (Enum<?> value : values) {
                items.add(value.name().toLowerCase(Locale.ROOT), value.name().toLowerCase(Locale.ROOT));
            }
            return items;
        }

        @POST
        public FormValidation doCheckMemory(
                @QueryParameter String value,
                @QueryParameter String type,
                @RelativePath("..") @QueryParameter String arch) {
            FormValidation number = Checks.positiveOrEmpty(value);
            boolean usual = Texts.orNull(value) != null && Texts.orNull(type) == null && Texts.orNull(arch) != null;
            return number.kind == FormValidation.Kind.OK && usual
                    ? Checks.memory(Integer.parseInt(value.strip()), arch)
                    : number;
        }

        @POST
        public FormValidation doCheckMaxCpus(@QueryParameter String value) {
            return Checks.positiveOrEmpty(value);
        }
    }
}
