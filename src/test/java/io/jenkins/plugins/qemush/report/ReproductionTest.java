package io.jenkins.plugins.qemush.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.agent.ImageChoice;
import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.MachinePlan;
import io.jenkins.plugins.qemush.agent.MemoryWish;
import io.jenkins.plugins.qemush.agent.TimeLimits;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReproductionTest {
    private static List<String> of(ImageChoice image, boolean network) {
        return Reproduction.of(
                new MachineOrder(
                        image,
                        null,
                        new MemoryWish(null, null),
                        2,
                        network,
                        new TimeLimits(180, 0, 0),
                        WarmMode.AUTO,
                        "",
                        false),
                new MachinePlan("debian-s390x", "s390x", 512, "user", "", Map.of()));
    }

    @Test
    void imageIsBuiltAndNamed() {
        assertThat(of(new ImageChoice.DefaultOf("s390x", true), true))
                .containsExactly(
                        "qemu-sh image build --arch s390x",
                        "qemu-sh run --image debian-s390x --user user --memory 512 --cpus 2 --sync . -- sh");
    }

    @Test
    void imageIsAddedFromItsPlace() {
        assertThat(of(new ImageChoice.Located("https://images.example/my image/image.json", null), false))
                .containsExactly(
                        "qemu-sh image add 'https://images.example/my image/image.json'",
                        "qemu-sh run --image debian-s390x --user user --memory 512 --cpus 2 --network isolated --sync ."
                                + " -- sh");
    }

    @Test
    void secretsOfAnAddressAreLeftOut() {
        assertThat(of(new ImageChoice.Located("https://me:secret@images.example/image.json?token=secret", null), true)
                        .get(0))
                .isEqualTo("qemu-sh image add https://images.example/image.json");
    }
}
