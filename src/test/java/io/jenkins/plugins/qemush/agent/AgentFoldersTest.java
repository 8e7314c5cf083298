package io.jenkins.plugins.qemush.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentFoldersTest {
    private final AgentFolders configured = new AgentFolders("/srv/qemu-sh", "/run/qemu-sh");

    @Test
    void configuredFoldersCountWhereTheAgentNamesNone() {
        assertThat(configured.over(Map.of("PATH", "/bin", "QEMU_SH_RUN", "")))
                .containsEntry("PATH", "/bin")
                .containsEntry("QEMU_SH_HOME", "/srv/qemu-sh")
                .containsEntry("QEMU_SH_RUN", "/run/qemu-sh");
    }

    @Test
    void agentsOwnEnvironmentHasTheLastWord() {
        assertThat(configured.over(Map.of("QEMU_SH_HOME", "/own"))).containsEntry("QEMU_SH_HOME", "/own");
    }

    @Test
    void nothingConfiguredLeavesTheEnvironmentAsItIs() {
        assertThat(new AgentFolders(null, null).over(Map.of("PATH", "/bin"))).isEqualTo(Map.of("PATH", "/bin"));
    }
}
