package io.jenkins.plugins.qemush.engine.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandToPasteTest {
    private static final OneTimeKey KEY = new OneTimeKey(Path.of("/key"), "ssh-ed25519 AAAAkey me");

    @TempDir
    private Path folder;

    static Stream<Machine> machines() {
        return MachineTable.all().stream();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void nothingOfTheRunDirectoryIsNeeded(Machine machine) throws Exception {
        Path image = folder.resolve("an, image");
        SampleImage.write(image, "sample", machine.name(), 512);
        VmRequest request = VmRequest.of("m", Image.open(image)).withWorkspaceDisk();
        List<String> line = QemuCommandLine.build(
                request, new RunDirectory(Path.of("/run,dir/m")), QemuPurpose.boot(KEY), Accelerator.TCG);

        String pasted = new CommandToPaste(line).toString();

        assertThat(pasted)
                .startsWith(machine.program() + " ")
                .contains("-serial mon:stdio", image.resolve("kernel").toString(), "id=root")
                .doesNotContain("run,,dir", "workspace-file", "chardev");
        assertThat(devices(List.of(pasted.split(" ")))).isEqualTo(devices(line));
    }

    private static List<String> devices(List<String> words) {
        return IntStream.range(0, words.size() - 1)
                .filter(i -> words.get(i).equals("-device"))
                .mapToObj(i -> words.get(i + 1))
                .toList();
    }

    @Test
    void whatTheUserAddedStays() {
        List<String> line = List.of("qemu-system-arm", "-serial", "chardev:console", "-chardev", "null,id=mine", "-s");

        assertThat(new CommandToPaste(line)).hasToString("qemu-system-arm -serial mon:stdio -chardev null,id=mine -s");
    }
}
