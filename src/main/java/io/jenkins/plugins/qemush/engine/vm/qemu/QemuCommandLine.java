package io.jenkins.plugins.qemush.engine.vm.qemu;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.KeyPath;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.Machine.DiskBus;
import io.jenkins.plugins.qemush.engine.vm.request.Network;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a request into QEMU's command line. All options are described in QEMU's "Invocation" manual page. */
public final class QemuCommandLine {
    /** panic=-1: a panic reboots at once, and -no-reboot makes that QEMU's end. The crypto self-tests cost 0.7 s. */
    private static final String KERNEL = "rw panic=-1 quiet cryptomgr.notests";

    /**
     * TCG translates code anew wherever it comes to lie, and forgets its TLB when page tables change: with random addresses
     * a shell takes eight times as long to start, and a system call ten times where KASLR brings page table isolation
     * (arm64). An emulated processor does not have the flaws that the mitigations are for.
     */
    private static final String KERNEL_UNDER_TCG = "nokaslr norandmaps mitigations=off";

    private static final int SSH = 22;

    private final VmRequest request;
    private final Image image;
    private final Machine machine;
    private final RunDirectory directory;
    private final QemuPurpose purpose;
    private final Accelerator accelerator;
    private final List<String> line = new ArrayList<>();

    private QemuCommandLine(VmRequest request, RunDirectory directory, QemuPurpose purpose, Accelerator accelerator)
            throws HostFailure {
        this.request = request;
        this.image = request.image();
        this.machine = image.machine();
        this.directory = directory;
        this.purpose = purpose;
        this.accelerator = accelerator;
    }

    /**
     * The command line, program first.
     *
     * @throws HostFailure when the machine cannot be as large as requested
     */
    public static List<String> build(
            VmRequest request, RunDirectory directory, QemuPurpose purpose, Accelerator accelerator)
            throws HostFailure {
        return new QemuCommandLine(request, directory, purpose, accelerator).build();
    }

    private List<String> build() throws HostFailure {
        machine();
        image.firmware().ifPresent(firmware -> add("-bios", firmware.toString()));
        if (purpose.hasKernel()) {
            kernel();
        }
        rootDisk();
        network();
        if (machine.disk() == DiskBus.VIRTIO) {
            add("-device", machine.bus().device("rng"));
        }
        WorkspaceDevice.of(request).ifPresent(this::workspaceDisk);
        channels();
        if (purpose.isRestore()) {
            // Stopped, until what it is to read first has been typed.
            add("-S", "-incoming", "defer");
        }
        line.addAll(machine.qemuArguments());
        line.addAll(request.hardware().qemuArguments());
        return List.copyOf(line);
    }

    private void machine() throws HostFailure {
        add(machine.program());
        add("-name", escaped(request.name()));
        add("-machine", machine.type() + (purpose.ramFile().isPresent() ? ",memory-backend=ram" : ""));
        add("-accel", accelerator.qemuName());
        if (accelerator == Accelerator.KVM) {
            add("-cpu", "host");
        } else {
            machine.cpu().ifPresent(cpu -> add("-cpu", cpu));
        }
        add("-m", memory() + "M");
        if (purpose.ramFile().isPresent()) {
            // Saved through the file; restored as a private mapping of it, which copies only what is written to.
            add(
                    "-object",
                    "memory-backend-file,id=ram,size=" + memory() + "M,mem-path="
                            + escaped(purpose.ramFile().get()) + ",share=" + (purpose.isRestore() ? "off" : "on"));
        }
        add("-smp", String.valueOf(cpus()));
        add("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot");
    }

    private int memory() throws HostFailure {
        int memory = request.memory();
        if (memory < 32 || memory > machine.maxMemory()) {
            throw new HostFailure(
                    "A machine of " + machine.name() + " cannot have " + memory + " MB of memory.",
                    "Ask for 32 to " + machine.maxMemory() + " MB.");
        }
        return memory;
    }

    private int cpus() throws HostFailure {
        int cpus = request.hardware().cpus();
        if (cpus < 1 || cpus > machine.maxCpus()) {
            throw new HostFailure(
                    "A machine of " + machine.name() + " cannot have " + cpus + " processors.",
                    "Ask for 1 to " + machine.maxCpus() + ".");
        }
        return cpus;
    }

    private void kernel() {
        add("-kernel", image.kernel().toString());
        image.initrd().ifPresent(initrd -> add("-initrd", initrd.toString()));
        image.dtb().ifPresent(dtb -> add("-dtb", dtb.toString()));
        List<String> words = new ArrayList<>(List.of("console=" + machine.console(), "root=" + machine.root(), KERNEL));
        if (accelerator == Accelerator.TCG) {
            words.add(KERNEL_UNDER_TCG);
        }
        words.add(machine.kernelArguments());
        if (image.takesKeyBy(KeyPath.CMDLINE)) {
            invite(words);
        }
        words.add(request.hardware().kernelArguments());
        words.removeIf(String::isBlank);
        add("-append", String.join(" ", words));
    }

    /** A machine that is saved gets no key and no time, but its user. */
    private void invite(List<String> words) {
        Optional<OneTimeKey> key = purpose.key();
        if (key.isEmpty()) {
            words.add("qemush.user=" + request.user());
        } else if (key.get().type().equals("ssh-ed25519")) {
            words.add("qemush.key=" + key.get().publicBlob());
            words.add("qemush.user=" + request.user());
            words.add("qemush.time=" + Clock.systemUTC().instant().getEpochSecond());
        }
    }

    private void rootDisk() {
        String drive = "file=" + escaped(purpose.disk(image)) + ",format=" + purpose.diskFormat(image) + ",id=root";
        // A throw-away guest's writes need not survive the host: no flush is waited for.
        drive += request.storage().snapshot() ? ",cache=unsafe" : ",cache=writeback";
        // What a machine writes while it boots to be saved belongs to the state.
        drive += request.storage().snapshot() && purpose.kind() != QemuPurpose.Kind.SAVE ? ",snapshot=on" : "";
        if (machine.disk() == DiskBus.SD) {
            add("-drive", drive + ",if=sd");
        } else {
            add("-drive", drive + ",if=none");
            String slot = machine.rootSlot().map(bus -> ",bus=" + bus).orElse("");
            add("-device", machine.bus().device("blk") + ",drive=root,serial=root" + slot);
        }
    }

    private void workspaceDisk(WorkspaceDevice device) {
        // Without locking the engine writes the file while QEMU holds it; the guest is told of its size afterwards.
        add(
                "-blockdev",
                "driver=file,node-name=workspace-file,locking=off,filename=" + escaped(directory.workspaceDisk()));
        add("-blockdev", "driver=raw,node-name=" + WorkspaceDevice.NODE + ",file=workspace-file");
        // A machine that is restored had it plugged before it was saved.
        if (purpose.isRestore() || !device.pluggedLater()) {
            add("-device", device.option());
        }
    }

    private void network() {
        StringBuilder options = new StringBuilder();
        options.append(request.hardware().network() == Network.ISOLATED ? ",restrict=on" : "");
        options.append(forward(request.access().port(), SSH));
        request.access().published().forEach(port -> options.append(forward(port.host(), port.guest())));
        if (machine.net().equals(Machine.VIRTIO_NET)) {
            add("-netdev", "user,id=net" + options);
            add(
                    "-device",
                    machine.bus().device("net") + ",netdev=net" + machine.bus().noBootRom());
        } else {
            add("-nic", "user,model=" + machine.net() + options);
        }
    }

    private static String forward(int host, int guest) {
        return ",hostfwd=tcp:127.0.0.1:" + host + "-:" + guest;
    }

    private void channels() {
        add(
                "-chardev",
                "socket,id=console,server=on,wait=off,path=" + escaped(directory.consoleSocket()) + ",logfile="
                        + escaped(directory.consoleLog()) + (purpose.isRestore() ? ",logappend=on" : ""));
        add("-serial", "chardev:console");
        add("-qmp", "unix:" + escaped(directory.qmpSocket()) + ",server=on,wait=off");
    }

    private void add(String... words) {
        line.addAll(List.of(words));
    }

    private static String escaped(Path path) {
        return escaped(path.toString());
    }

    /** In QEMU's option lists a comma is written twice. */
    private static String escaped(String value) {
        return value.replace(",", ",,");
    }
}
