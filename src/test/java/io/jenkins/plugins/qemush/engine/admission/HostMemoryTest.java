package io.jenkins.plugins.qemush.engine.admission;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void somethingIsKeptForTheHost(@TempDir Path temp) throws Exception {
        Path meminfo = temp.resolve("meminfo");
        Files.writeString(meminfo, "MemTotal: 1048576 kB\nMemFree: 102400 kB\nMemAvailable: 614400 kB\n");

        assertThat(new HostMemory(0, meminfo).megabytes(List.of())).isEqualTo(600 - 256);
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
