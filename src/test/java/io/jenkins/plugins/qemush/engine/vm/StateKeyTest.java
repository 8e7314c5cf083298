package io.jenkins.plugins.qemush.engine.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuPrograms;
import io.jenkins.plugins.qemush.engine.vm.request.Access;
import io.jenkins.plugins.qemush.engine.vm.request.Hardware;
import io.jenkins.plugins.qemush.engine.vm.request.Network;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which machines can be restored from one state. */
class StateKeyTest {
    @TempDir
    private Path folder;

    private Image image;

    @BeforeEach
    void image() throws Exception {
        assumeThat(QemuPrograms.find("qemu-system-s390x")).isPresent();
        SampleImage.write(folder, "sample", "s390x", 512);
        image = Image.open(folder);
    }

    private VmRequest request(String name, String user, int memory, int cpus, Network network, String append) {
        return VmRequest.of(name, image)
                .with(new Hardware(Optional.of(memory), cpus, network, true, append, List.of()))
                .with(Access.of(user))
                .with(WarmMode.AUTO);
    }

    private VmRequest usual() {
        return request("a", "user", 512, 1, Network.USER, "");
    }

    @Test
    void nameMakesNoDifference() throws Exception {
        assertThat(StateKey.of(request("b", "user", 512, 1, Network.USER, "")))
                .isPresent()
                .isEqualTo(StateKey.of(usual()));
    }

    @Test
    void userMemoryProcessorsNetworkAndArgumentsMakeOne() throws Exception {
        Optional<StateKey> usual = StateKey.of(usual());

        for (VmRequest other : Stream.of(
                        request("a", "other", 512, 1, Network.USER, ""),
                        request("a", "user", 513, 1, Network.USER, ""),
                        request("a", "user", 512, 2, Network.USER, ""),
                        request("a", "user", 512, 1, Network.ISOLATED, ""),
                        request("a", "user", 512, 1, Network.USER, "debug"))
                .toList()) {
            assertThat(StateKey.of(other)).isPresent().isNotEqualTo(usual);
        }
    }

    @Test
    void imageThatWasWrittenToMakesOne() throws Exception {
        Optional<StateKey> before = StateKey.of(usual());

        Files.write(image.disk(), Files.readAllBytes(image.disk()));

        assertThat(StateKey.of(usual())).isPresent().isNotEqualTo(before);
        assertThat(StateKey.of(usual()).map(StateKey::kind)).isEqualTo(before.map(StateKey::kind));
    }

    @Test
    void whatOutlivesTheMachineOrIsUnknownIsBooted() throws Exception {
        VmRequest usual = usual();
        VmRequest plugged =
                usual.with(new Hardware(Optional.of(512), 1, Network.USER, true, "", List.of("-device", "other")));

        assertThat(StateKey.of(plugged)).isEmpty();
        assertThat(StateKey.of(usual.with(WarmMode.FALSE))).isEmpty();
        assertThat(StateKey.of(usual.persistent().with(WarmMode.TRUE))).isEmpty();
    }
}
