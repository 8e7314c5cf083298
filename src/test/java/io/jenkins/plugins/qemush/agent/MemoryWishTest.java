package io.jenkins.plugins.qemush.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryWishTest {
    @Test
    void whatABlockAsksForIsNotChanged() throws HostFailure {
        assertThat(of(new MemoryWish(1024, 512), "mipsel")).contains(1024);
    }

    @Test
    void configuredDefaultIsCutToWhatTheMachineCanHave() throws HostFailure {
        assertThat(of(new MemoryWish(null, 512), "mipsel")).contains(256);
        assertThat(of(new MemoryWish(null, 512), "aarch64")).contains(512);
    }

    @Test
    void withoutAnyTheMachineHasItsOwn() throws HostFailure {
        assertThat(of(new MemoryWish(null, null), "aarch64")).isEmpty();
    }

    private static Optional<Integer> of(MemoryWish wish, String arch) throws HostFailure {
        return wish.of(MachineTable.find(arch));
    }
}
