package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.VmDescription;
import java.io.IOException;
import java.nio.file.Files;

/** What the verbs ask of a machine that is up. */
final class Machines {
    private Machines() {}

    /** The user that was asked for, or the machine's own. */
    static String user(RunDirectory directory, String wanted) throws IOException, InterruptedException {
        return wanted != null ? wanted : description(directory).user();
    }

    /** What runs, once it does: a machine describes itself as soon as QEMU is up. */
    static VmDescription description(RunDirectory directory) throws IOException, InterruptedException {
        if (!Files.exists(directory.description())) {
            new ControlClient(directory).awaitReachable();
        }
        return EngineJson.read(directory.description(), VmDescription.class);
    }
}
