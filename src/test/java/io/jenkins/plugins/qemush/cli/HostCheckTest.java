package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import io.jenkins.plugins.qemush.engine.vm.qemu.Accelerator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code doctor} says is what a run does. */
class HostCheckTest {
    @Test
    void kvmIsSaidToBeUsedByThoseMachinesThatUseIt() throws Exception {
        List<String> used = new ArrayList<>();
        for (Machine machine : MachineTable.all()) {
            if (Accelerator.choose(machine) == Accelerator.KVM) {
                used.add(machine.name());
            }
        }

        HostCheck kvm = check("KVM");

        assertThat(kvm.result() == HostCheck.Result.OK).isEqualTo(!used.isEmpty());
        if (!used.isEmpty()) {
            assertThat(kvm.detail()).contains(used);
        }
    }

    @Test
    void everyArchitectureIsLookedAt() throws Exception {
        assertThat(HostCheck.all())
                .extracting(HostCheck::what)
                .containsAll(MachineTable.all().stream().map(Machine::name).toList());
    }

    private static HostCheck check(String what) throws Exception {
        return HostCheck.all().stream()
                .filter(check -> check.what().equals(what))
                .findFirst()
                .orElseThrow();
    }
}
