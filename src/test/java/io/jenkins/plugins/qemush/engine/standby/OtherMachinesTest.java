package io.jenkins.plugins.qemush.engine.standby;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.supervisor.Standby;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherMachinesTest {
    private static final StandbyLimits LIMITS = new StandbyLimits(4, 4096);

    @TempDir
    private Path folder;

    private RunRoot root;
    private OtherMachines others;

    @BeforeEach
    void root() {
        root = new RunRoot(folder);
        others = new OtherMachines(root);
    }

    private RunDirectory machine(String name) throws Exception {
        RunDirectory directory = root.create(name);
        EngineJson.write(directory.request(), VmRequest.of(name, TestImages.of("aarch64")));
        return directory;
    }

    @Test
    void machinesInUseCountWithTheirMemory() throws Exception {
        int memory = VmRequest.of("any", TestImages.of("aarch64")).memory();
        machine("one");
        RunDirectory two = machine("two");
        assertThat(others.leave(LIMITS)).isEqualTo(new StandbyRoom(2, 4096 - 2 * memory));

        two.delete();

        assertThat(others.leave(LIMITS)).isEqualTo(new StandbyRoom(3, 4096 - memory));
    }

    @Test
    void machineThatIsAboutToStartCountsAlready() throws Exception {
        root.create("soon");

        assertThat(others.leave(LIMITS)).isEqualTo(new StandbyRoom(3, 4096));
    }

    @Test
    void machinesThatStandByDoNotCount() throws Exception {
        Standby.mark(machine("standby-1"));

        assertThat(others.leave(LIMITS)).isEqualTo(new StandbyRoom(4, 4096));
    }
}
