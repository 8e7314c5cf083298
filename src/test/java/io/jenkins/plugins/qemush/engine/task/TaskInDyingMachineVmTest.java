package io.jenkins.plugins.qemush.engine.task;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.supervisor.VmState;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However a machine dies, its steps are told why. */
@Tag("vm")
class TaskInDyingMachineVmTest {
    private TaskMachine machine;

    @BeforeEach
    void boot() throws Exception {
        machine = TaskMachine.boot();
    }

    @AfterEach
    void end() throws Exception {
        machine.close();
    }

    @Test
    void stepOfAPanickingMachineSaysSo() throws Exception {
        StockStep step = machine.start("sleep 1000");
        machine.asRoot("echo c > /proc/sysrq-trigger");

        assertThat(TaskMachine.over(step).result()).isEqualTo(GuestTasks.NO_STATUS);
        assertThat(step.log()).contains("qemu-sh: The guest's kernel panicked", "Kernel panic - not syncing");
    }

    @Test
    void stepIsToldWhenTheSupervisorIsKilled() throws Exception {
        StockStep step = machine.start("sleep 1000");
        String description = Files.readString(machine.run().description());
        long supervisor = Long.parseLong(description.replaceAll("(?s).*\"supervisor\":(\\d+).*", "$1"));
        ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();

        assertThat(TaskMachine.over(step).result()).isEqualTo(GuestTasks.NO_STATUS);
        assertThat(step.log()).contains("qemu-sh: The supervisor of this machine was killed.");
        await().until(() -> machine.client().state() == VmState.DEAD);
        await().until(() -> Files.exists(machine.run().path().resolve("failure")));
    }
}
