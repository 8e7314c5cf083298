package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.admission.MemoryBudget;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.util.Map;

/** The memory that this process' user may use for machines on this host. */
public final class HostBudget {
    /** What machines may have together, in MB; nothing, or 0, for what the host can spare. */
    private static final String LIMIT = "QEMU_SH_MEMORY";

    /** Beside the run directories; with a dot it is none. */
    private static final String FOLDER = ".memory";

    private HostBudget() {}

    public static MemoryBudget ofUser() throws IOException {
        return MemoryBudget.ofHost(RunRoot.ofUser().path().resolve(FOLDER), limit(System.getenv()));
    }

    private static int limit(Map<String, String> environment) throws HostFailure {
        String limit = environment.getOrDefault(LIMIT, "");
        if (!limit.matches("[0-9]{0,9}")) {
            throw new HostFailure(LIMIT + " is no number of MB: " + limit, "Set it to one, or leave it out.");
        }
        return limit.isEmpty() ? 0 : Integer.parseInt(limit);
    }
}
