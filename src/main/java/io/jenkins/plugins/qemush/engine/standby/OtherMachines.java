package io.jenkins.plugins.qemush.engine.standby;

import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The machines below a root that somebody uses, or is about to start. */
final class OtherMachines {
    private final RunRoot root;

    /** In MB, by run directory: a request never changes. */
    private final Map<RunDirectory, Integer> known = new HashMap<>();

    OtherMachines(RunRoot root) {
        this.root = root;
    }

    /** What they leave of these limits. */
    StandbyRoom leave(StandbyLimits limits) throws IOException {
        List<RunDirectory> machines = root.list();
        known.keySet().retainAll(machines);
        int memory = 0;
        for (RunDirectory machine : machines) {
            memory += limits.memory() == 0 ? 0 : memory(machine);
        }
        return limits.without(machines.size(), memory);
    }

    private int memory(RunDirectory machine) throws IOException {
        Integer memory = known.get(machine);
        if (memory == null) {
            try {
                memory = VmRequest.of(machine).memory();
            } catch (NoSuchFileException e) {
                // Nothing runs in it yet, or any more.
                return 0;
            }
            known.put(machine, memory);
        }
        return memory;
    }
}
