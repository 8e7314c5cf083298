package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.vm.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.RunRoot;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder of one agent's run directories: {@code /tmp/qemu-sh-ID}, or {@code $QEMU_SH_RUN-ID}.
 *
 * <p>Each agent of each controller has its own, so that two agents on one host never clean up after each other; it is
 * short since it has sockets in it.
 *
 * @param id of the agent: letters and digits
 */
record AgentRunRoot(String id) implements Serializable {
    private static final String OWNER = "owner";

    private RunRoot open() throws IOException {
        String wanted = System.getenv("QEMU_SH_RUN");
        return RunRoot.at(Path.of((wanted == null || wanted.isEmpty() ? "/tmp/qemu-sh" : wanted) + "-" + id));
    }

    /** Makes a run directory that says which build it belongs to. */
    RunDirectory create(String name, String owner) throws IOException {
        RunDirectory directory = open().create(name);
        Files.writeString(directory.path().resolve(OWNER), owner);
        return directory;
    }

    List<FoundMachine> list() throws IOException {
        List<FoundMachine> found = new ArrayList<>();
        for (RunDirectory directory : open().list()) {
            Path owner = directory.path().resolve(OWNER);
            found.add(
                    new FoundMachine(directory.path().toString(), Files.exists(owner) ? Files.readString(owner) : ""));
        }
        return found;
    }
}
