package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.admission.ProcessIdentity;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandbyTest {
    private static final ProcessIdentity DEAD = new ProcessIdentity(1, "no such start");

    @TempDir
    private Path folder;

    private RunRoot root;
    private RunDirectory directory;
    private boolean memoryIsShort;

    @BeforeEach
    void directory() throws Exception {
        root = new RunRoot(folder);
        directory = root.create("standby-1");
    }

    private Standby standby() throws Exception {
        return Standby.of(directory, () -> memoryIsShort);
    }

    private Standby standing() throws Exception {
        Standby.mark(directory);
        return standby();
    }

    @Test
    void machineThatWasAskedForStandsByForNobody() throws Exception {
        Standby asked = standby();

        assertThat(asked.isFree()).isFalse();
        assertThat(asked.take(Optional.empty())).isFalse();
        memoryIsShort = true;
        assertThat(asked.isOver()).isFalse();
    }

    @Test
    void machineIsTakenOnce() throws Exception {
        Standby standing = standing();

        assertThat(standing.take(Optional.empty())).isTrue();
        assertThat(standing.take(Optional.empty())).isFalse();
    }

    @Test
    void listsShowAMachineOnceItIsTaken() throws Exception {
        Standby standing = standing();
        assertThat(root.list()).isEmpty();
        assertThat(root.standing()).containsExactly(directory);

        standing.take(Optional.empty());

        assertThat(root.list()).containsExactly(directory);
        assertThat(root.standing()).isEmpty();
    }

    @Test
    void machineEndsWhenMemoryIsShortUnlessItWasTaken() throws Exception {
        Standby standing = standing();
        assertThat(standing.isOver()).isFalse();
        memoryIsShort = true;
        assertThat(standing.isOver()).isTrue();

        standing.take(Optional.empty());

        assertThat(standing.isOver()).isFalse();
    }

    @Test
    void machineEndsWithItsKeeper() throws Exception {
        EngineJson.write(directory.standby(), DEAD);

        assertThat(standby().isOver()).isTrue();
    }

    @Test
    void takenMachineOutlivesItsKeeperAndEndsWithItsTaker() throws Exception {
        EngineJson.write(directory.standby(), DEAD);
        Standby standing = standby();
        standing.take(Optional.of(ProcessIdentity.ofThisProcess()));
        assertThat(standing.isOver()).isFalse();

        Standby other = standing();
        other.take(Optional.of(DEAD));

        assertThat(other.isOver()).isTrue();
    }
}
