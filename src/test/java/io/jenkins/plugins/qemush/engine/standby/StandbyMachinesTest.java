package io.jenkins.plugins.qemush.engine.standby;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.admission.ProcessIdentity;
import io.jenkins.plugins.qemush.engine.supervisor.Standby;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandbyMachinesTest {
    @TempDir
    private Path folder;

    @Test
    void whatADeadKeeperLeftIsRemovedAndNothingElse() throws Exception {
        RunRoot root = new RunRoot(folder);
        RunDirectory left = root.create("standby-left");
        EngineJson.write(left.standby(), new ProcessIdentity(1, "no such start"));
        RunDirectory kept = root.create("standby-kept");
        Standby.mark(kept);
        RunDirectory used = root.create("used");

        StandbyMachines.removeLeftIn(root);

        assertThat(left.path()).doesNotExist();
        assertThat(kept.path()).exists();
        assertThat(used.path()).exists();
    }
}
