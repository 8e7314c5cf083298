package io.jenkins.plugins.qemush.engine.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostMemoryTest {
    private static Claim claim(int megabytes) throws Exception {
        return new Claim(1, "machine", megabytes, ProcessIdentity.ofThisProcess(), Claim.State.HELD);
    }

    @Test
    void wishOfTheUserLimitsMachinesTogether() throws Exception {
        HostMemory host = new HostMemory(300);

        assertThat(host.mostMegabytes()).isEqualTo(300);
        assertThat(host.megabytes(List.of(claim(200)))).isLessThanOrEqualTo(100);
    }

    @Test
    void whatIsPromisedCannotBeHadTwice() throws Exception {
        HostMemory host = new HostMemory(0);
        int all = (int) host.megabytes(List.of());

        assertThat(host.megabytes(List.of(claim(all + 1000)))).isLessThan(all / 10);
    }

    @Test
    void somethingIsKeptForTheHost() throws Exception {
        assertThat(new HostMemory(0).megabytes(List.of())).isLessThanOrEqualTo(HostMemory.available() - 200);
    }

    @Test
    void memoryOfAMachineIsThatOfAllProcessesBelowItsOwner() throws Exception {
        // A shell that keeps 40 MB in a variable.
        Process process =
                new ProcessBuilder("sh", "-c", "x=$(head -c 40000000 /dev/zero | tr '\\0' x); read y").start();
        long owner = ProcessHandle.current().pid();
        try {
            await().untilAsserted(() ->
                    assertThat(ProcessMemory.below(Set.of(owner)).get(owner)).isBetween(38L, 400L));
        } finally {
            process.destroyForcibly();
        }
    }
}
