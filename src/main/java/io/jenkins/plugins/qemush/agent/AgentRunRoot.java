package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.image.IoReason;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The folder of one agent's run directories: {@code /tmp/qemu-sh-ID}, or what the configuration or {@code $QEMU_SH_RUN}
 * says instead of {@code /tmp/qemu-sh}.
 *
 * <p>Each agent of each controller has its own, so that two agents on one host never clean up after each other; it is
 * short since it has sockets in it.
 *
 * @param id of the agent: letters and digits
 */
record AgentRunRoot(String id, AgentFolders folders) implements Serializable {
    private static final String USUAL = "/tmp/qemu-sh";
    private static final String OWNER = "owner";

    /** @param agent what no other agent of any controller is called */
    static AgentRunRoot of(String agent, AgentFolders folders) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(agent.getBytes(StandardCharsets.UTF_8));
            return new AgentRunRoot(HexFormat.of().formatHex(digest, 0, 4), folders);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where new machines go. */
    RunRoot open() throws IOException {
        return open(wanted());
    }

    private RunRoot open(String beginning) throws IOException {
        return RunRoot.at(path(beginning));
    }

    private Path path(String beginning) {
        return Path.of(beginning + "-" + id);
    }

    private String wanted() {
        String wanted = folders.over(System.getenv()).get("QEMU_SH_RUN");
        return wanted == null || wanted.isEmpty() ? USUAL : wanted;
    }

    /** Makes a run directory that says which build it belongs to. */
    RunDirectory create(String name, String owner) throws IOException, InterruptedException {
        try {
            return owned(open().create(name), owner);
        } catch (QemuShException e) {
            throw e;
        } catch (IOException e) {
            throw new HostFailure(
                    "No run directory can be made in " + path(wanted()) + ": " + IoReason.of(e) + ".",
                    "Free space there, or choose another folder for run directories on the configuration page.",
                    e);
        }
    }

    private static RunDirectory owned(RunDirectory directory, String owner) throws IOException, InterruptedException {
        try {
            setOwner(directory, owner);
            return directory;
        } catch (IOException e) {
            directory.delete();
            throw e;
        }
    }

    static void setOwner(RunDirectory directory, String owner) throws IOException {
        Files.writeString(directory.path().resolve(OWNER), owner);
    }

    List<FoundMachine> list() throws IOException {
        List<FoundMachine> found = new ArrayList<>();
        for (RunRoot root : roots()) {
            add(root, found);
        }
        return found;
    }

    /** Those that are there; the usual one, too: a machine may be older than the configuration. */
    List<RunRoot> roots() throws IOException {
        List<RunRoot> roots = new ArrayList<>();
        for (String beginning : new LinkedHashSet<>(List.of(USUAL, wanted()))) {
            if (Files.isDirectory(path(beginning))) {
                roots.add(open(beginning));
            }
        }
        return roots;
    }

    private static void add(RunRoot root, List<FoundMachine> found) throws IOException {
        for (RunDirectory directory : root.list()) {
            Path owner = directory.path().resolve(OWNER);
            found.add(
                    new FoundMachine(directory.path().toString(), Files.exists(owner) ? Files.readString(owner) : ""));
        }
    }
}
