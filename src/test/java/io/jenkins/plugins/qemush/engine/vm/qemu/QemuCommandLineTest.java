package io.jenkins.plugins.qemush.engine.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import io.jenkins.plugins.qemush.engine.machine.Bus;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import io.jenkins.plugins.qemush.engine.vm.request.Hardware;
import io.jenkins.plugins.qemush.engine.vm.request.Network;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.warm.RestoreWay;
import io.jenkins.plugins.qemush.engine.warm.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QemuCommandLineTest {
    private static final OneTimeKey KEY = new OneTimeKey(Path.of("/key"), "ssh-ed25519 AAAAkey me");

    @TempDir
    private Path folder;

    static Stream<Machine> machines() {
        return MachineTable.all().stream();
    }

    private VmRequest request(String arch) throws IOException {
        Path image = folder.resolve("an, image");
        SampleImage.write(image, "sample", arch, 512);
        return VmRequest.of("m", Image.open(image));
    }

    private static VmRequest with(VmRequest r, Optional<Integer> memory, int cpus, Network network, boolean disk) {
        return r.with(new Hardware(memory, cpus, network, disk, "last=1", List.of("-s")));
    }

    private static List<String> line(VmRequest request, Accelerator accelerator) throws HostFailure {
        return QemuCommandLine.build(
                request, new RunDirectory(Path.of("/run,dir/m")), QemuPurpose.boot(KEY), accelerator);
    }

    private static List<String> line(VmRequest request, QemuPurpose purpose) throws HostFailure {
        return QemuCommandLine.build(request, new RunDirectory(Path.of("/run/m")), purpose, Accelerator.TCG);
    }

    private static String after(List<String> line, String option) {
        return line.get(line.indexOf(option) + 1);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void everyMachineHasItsRowOfTheTable(Machine machine) throws IOException {
        List<String> line = line(request(machine.name()), Accelerator.TCG);

        assertThat(line.get(0)).isEqualTo("qemu-system-" + machine.qemu());
        assertThat(after(line, "-machine")).isEqualTo(machine.type());
        assertThat(after(line, "-cpu")).isEqualTo(machine.cpu().orElseThrow());
        assertThat(after(line, "-m")).isEqualTo(machine.memory() + "M");
        assertThat(after(line, "-append"))
                .contains("console=" + machine.console())
                .contains("panic=-1")
                .contains("qemush.key=AAAAkey")
                .contains("qemush.user=user")
                .doesNotContain("  ");
        assertThat(line).contains("-no-reboot");
        assertThat(String.join(" ", line)).contains(machine.bus().device("blk") + ",drive=root,serial=root");
    }

    /** Which of its disks a guest's kernel calls vda: each bus has a way of its own. */
    @ParameterizedTest
    @MethodSource("machines")
    void rootDiskIsTheFirstThatTheKernelNumbers(Machine machine) throws IOException {
        VmRequest request = request(machine.name()).withWorkspaceDisk();
        List<String> disks = line(request, QemuPurpose.boot(KEY)).stream()
                .filter(word -> word.startsWith(machine.bus().device("blk")))
                .toList();

        assertThat(disks.get(0)).contains("serial=root");
        switch (machine.bus()) {
            case MMIO -> assertThat(disks.get(0)).contains(",bus=virtio-mmio-bus.");
            case CCW -> assertThat(disks).hasSize(1);
            case PCI -> assertThat(disks).hasSize(2);
        }
    }

    @Test
    void diskThatIsPluggedLaterIsThereWhenTheMachineIsRestored() throws IOException {
        VmRequest request = request("s390x").withWorkspaceDisk();
        StateFolder state = new StateFolder(Path.of("/state"));
        String device = "virtio-blk-ccw,drive=workspace,serial=workspace";

        assertThat(line(request, QemuPurpose.save(state, RestoreWay.MAPPED))).doesNotContain(device);
        assertThat(line(request, QemuPurpose.restore(state, RestoreWay.MAPPED))).contains(device);
    }

    @Test
    void imageOnAnotherBusLeavesTheTablesSlot() throws IOException {
        Path image = folder.resolve("pci");
        SampleImage.write(image, "sample", "aarch64", 512);
        ImageManifest manifest = Image.open(image).manifest();
        MachineOverrides pci = new MachineOverrides(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Bus.PCI),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        Image onPci = new Image(image, manifest.with("user", manifest.console(), pci));

        assertThat(line(VmRequest.of("m", onPci), Accelerator.TCG)).contains("virtio-blk-pci,drive=root,serial=root");
    }

    @ParameterizedTest
    @MethodSource("machines")
    void sizesThatAMachineCannotHaveAreRefused(Machine machine) throws IOException {
        VmRequest request = request(machine.name());

        for (int memory : new int[] {-1, 0, 31, machine.maxMemory() + 1}) {
            assertThatThrownBy(() -> line(with(request, Optional.of(memory), 1, Network.USER, false), Accelerator.TCG))
                    .isInstanceOf(HostFailure.class)
                    .hasMessageContaining("cannot have " + memory + " MB");
        }
        for (int cpus : new int[] {-1, 0, machine.maxCpus() + 1}) {
            assertThatThrownBy(() -> line(with(request, Optional.empty(), cpus, Network.USER, false), Accelerator.TCG))
                    .isInstanceOf(HostFailure.class)
                    .hasMessageContaining("processors");
        }
    }

    @Test
    void commasInPathsAreDoubledInOptionListsOnly() throws IOException {
        VmRequest request = with(request("aarch64"), Optional.empty(), 1, Network.USER, true);
        List<String> line = line(request, Accelerator.TCG);

        assertThat(after(line, "-kernel")).endsWith("/an, image/kernel");
        assertThat(after(line, "-drive")).contains("/an,, image/disk.img,format=raw");
        assertThat(after(line, "-qmp")).startsWith("unix:/run,,dir/m/qmp.sock,");
        assertThat(after(line, "-chardev")).contains("path=/run,,dir/m/console.sock,logfile=/run,,dir/m/console.log");
        assertThat(after(line, "-blockdev")).contains("filename=/run,,dir/m/workspace.img");
    }

    @Test
    void snapshotIsThrownAwayAndAKeptDiskIsNot() throws IOException {
        VmRequest request = request("aarch64");

        assertThat(after(line(request, Accelerator.TCG), "-drive")).contains("snapshot=on");
        assertThat(after(line(request.persistent(), Accelerator.TCG), "-drive")).doesNotContain("snapshot");
    }

    @Test
    void sshPortIsOnTheLoopbackOnly() throws IOException {
        VmRequest request = request("aarch64");

        assertThat(after(line(request, Accelerator.TCG), "-netdev"))
                .isEqualTo("user,id=net,hostfwd=tcp:127.0.0.1:0-:22");
        assertThat(after(line(with(request, Optional.empty(), 1, Network.ISOLATED, false), Accelerator.TCG), "-netdev"))
                .contains(",restrict=on,");
    }

    @Test
    void usersOwnArgumentsComeLast() throws IOException {
        List<String> line = line(with(request("aarch64"), Optional.of(300), 2, Network.USER, false), Accelerator.TCG);

        assertThat(line).endsWith("-s");
        assertThat(after(line, "-append")).endsWith(" last=1");
        assertThat(after(line, "-m")).isEqualTo("300M");
        assertThat(after(line, "-smp")).isEqualTo("2");
    }

    @Test
    void onlyAnEmulatedGuestDoesWithoutRandomAddressesAndMitigations() throws IOException {
        VmRequest request = request("x86_64");

        assertThat(after(line(request, Accelerator.TCG), "-append")).contains(" nokaslr norandmaps mitigations=off ");
        assertThat(after(line(request, Accelerator.KVM), "-append"))
                .doesNotContain("nokaslr", "norandmaps", "mitigations");
    }

    @Test
    void kvmTakesTheHostsProcessor() throws IOException {
        List<String> line = line(request("x86_64"), Accelerator.KVM);

        assertThat(after(line, "-accel")).isEqualTo("kvm");
        assertThat(after(line, "-cpu")).isEqualTo("host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "ARM64", "AArch64", "aarch64"})
    void aliasesAreKnownInAnyCase(String name) throws HostFailure {
        assertThat(MachineTable.find(name).name()).isEqualTo("aarch64");
    }

    @Test
    void nearestNameIsOffered() {
        assertThatThrownBy(() -> MachineTable.find("risc64"))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("the nearest is \"riscv64\"");
    }

    @Test
    void restoredMachineIsGivenItsKernelOnlyWhereItMustBe() throws IOException {
        VmRequest request = request("aarch64");
        StateFolder state = new StateFolder(Path.of("/state"));

        assertThat(line(request, QemuPurpose.save(state, RestoreWay.MAPPED))).contains("-kernel", "-append");
        assertThat(line(request, QemuPurpose.restore(state, RestoreWay.MAPPED)))
                .contains("-incoming")
                .doesNotContain("-kernel", "-initrd", "-append");
        assertThat(line(request, QemuPurpose.restore(state, RestoreWay.MAPPED_WITH_KERNEL)))
                .contains("-incoming", "-kernel", "-append");
    }
}
