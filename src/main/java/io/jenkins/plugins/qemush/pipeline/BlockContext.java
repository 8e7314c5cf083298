package io.jenkins.plugins.qemush.pipeline;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.console.HyperlinkNote;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.qemush.agent.MachineFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Where a block runs: its build, node and log, looked up anew whenever they are wanted, since a restart changes them. */
record BlockContext(Run<?, ?> run, Node node, TaskListener listener, StepContext step) {
    private static final int SAVE_SECONDS = 60;

    static BlockContext of(StepContext step) throws IOException, InterruptedException {
        return new BlockContext(step.get(Run.class), step.get(Node.class), step.get(TaskListener.class), step);
    }

    String nodeName() {
        return node.getNodeName();
    }

    /** A node's name for people. */
    static String title(String nodeName) {
        return nodeName.isEmpty() ? "the built-in node" : nodeName;
    }

    /** The node's name for people. */
    String nodeTitle() {
        return title(nodeName());
    }

    void log(String line) {
        listener.getLogger().println("qemuSh: " + line);
    }

    void log(MachineFailure failure) {
        log(failure.cause());
        listener.getLogger().println(failure.help());
    }

    void requireUnix() throws IOException, InterruptedException {
        if (!step.get(Launcher.class).isUnix()) {
            throw new HostFailure(
                    "qemuSh runs on Unix agents only, and " + nodeTitle() + " is a Windows agent.",
                    "Run the block on another node: node('linux') { qemuSh(...) { ... } }");
        }
    }

    /** The workspace's path; made when nothing has needed it yet. */
    String workspace() throws IOException, InterruptedException {
        FilePath workspace = step.get(FilePath.class);
        workspace.mkdirs();
        return workspace.getRemote();
    }

    /** The agent's own environment, without anything of the build's. */
    Map<String, String> agentEnvironment() throws IOException, InterruptedException {
        return step.get(Computer.class).getEnvironment();
    }

    /** The variable by which Jenkins finds what a {@code node} block left running, set for what this block leaves running. */
    Map<String, String> nodeCookie() throws IOException, InterruptedException {
        String cookie = step.get(EnvVars.class).get(BodyLaunch.NODE_COOKIE);
        return cookie == null ? Map.of() : Map.of(BodyLaunch.NODE_COOKIE, cookie);
    }

    LauncherDecorator outerDecorator() throws IOException, InterruptedException {
        return step.get(LauncherDecorator.class);
    }

    EnvironmentExpander outerEnvironment() throws IOException, InterruptedException {
        return step.get(EnvironmentExpander.class);
    }

    /** Keeps with the build what the block knows by now; a restart of the controller loses nothing of it. */
    void saveState() throws IOException, InterruptedException {
        try {
            step.saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The build's state could not be saved.", e);
        }
    }

    /**
     * Archives a file as an artifact of the build.
     *
     * @return a link to it, for the log
     */
    String archive(FilePath folder, String file, String artifact) throws IOException, InterruptedException {
        run.pickArtifactManager()
                .archive(folder, step.get(Launcher.class), new BuildListenerAdapter(listener), Map.of(artifact, file));
        return HyperlinkNote.encodeTo("/" + run.getUrl() + "artifact/" + artifact, artifact);
    }
}
