package io.jenkins.plugins.qemush.pipeline;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import hudson.remoting.Channel;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.GuestTask;
import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Launches in the guest what Jenkins wants launched on the agent.
 *
 * <p>A {@code sh} step's launch is handed to the machine's supervisor, which brings log and result back to where
 * durable-task looks for them. Any other launch runs with its streams bridged, for as long as the caller is connected.
 */
final class GuestLauncher extends Launcher.DecoratedLauncher {
    private final String nodeName;
    private final String runDirectory;
    private final SharedWorkspace workspace;
    private final AgentEnvironment agent;
    private final String nodeCookie;

    GuestLauncher(
            Launcher inner,
            String nodeName,
            String runDirectory,
            SharedWorkspace workspace,
            AgentEnvironment agent,
            String nodeCookie) {
        super(inner);
        this.nodeName = nodeName;
        this.runDirectory = runDirectory;
        this.workspace = workspace;
        this.agent = agent;
        this.nodeCookie = nodeCookie;
    }

    @Override
    public Proc launch(ProcStarter starter) throws IOException {
        EnvVars environment = new EnvVars();
        environment.overrideExpandingAll(variables(starter.envs()));
        // As core does, and as durable-task expects with its $$ for every $.
        List<String> command = starter.cmds().stream().map(environment::expand).toList();
        Optional<String> directory = Optional.ofNullable(starter.pwd()).map(FilePath::getRemote);
        BodyLaunch launch = new BodyLaunch(command, environment, directory);
        if (launch.isOfAnotherNode(nodeCookie)) {
            return getInner().launch(starter);
        }
        GuestEnvironment forGuest = GuestEnvironment.difference(agent, environment);
        Optional<DurableTaskCommand> task = task(launch);
        if (task.isPresent()) {
            startTask(task.get(), forGuest, directory.orElseThrow());
            return new DetachedProc();
        }
        if (!starter.quiet()) {
            maskedPrintCommandLine(starter.cmds(), starter.masks(), starter.pwd());
        }
        return GuestProc.start(
                Agent.named(nodeName),
                runDirectory,
                workspace,
                withPath(command, forGuest),
                launch.title(starter.masks()),
                forGuest,
                starter);
    }

    private Optional<DurableTaskCommand> task(BodyLaunch launch) throws AbortException {
        try {
            return launch.task(agent, workspace);
        } catch (HostFailure e) {
            throw new AbortException("qemuSh: " + e.getMessage() + "\n" + e.help());
        }
    }

    private void startTask(DurableTaskCommand task, GuestEnvironment environment, String directory) throws IOException {
        try {
            Agent.named(nodeName)
                    .startTask(
                            runDirectory,
                            new GuestTask(
                                    task.controlDirectory(),
                                    directory,
                                    task.script(),
                                    environment.variables(),
                                    environment.pathPrefix()),
                            workspace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the guest was told to start the script");
        }
    }

    private static List<String> withPath(List<String> command, GuestEnvironment environment) {
        if (environment.pathPrefix().isEmpty()) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("sh", "-c", environment.pathLine() + "exec \"$@\"", "sh"));
        wrapped.addAll(command);
        return wrapped;
    }

    private static Map<String, String> variables(String[] lines) {
        Map<String, String> variables = new TreeMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=', 1);
            variables.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return variables;
    }

    /** The superclass would send this to the inner launcher, and the command would run on the agent. */
    @Override
    public Proc launch(
            String[] command,
            boolean[] mask,
            String[] environment,
            InputStream in,
            OutputStream out,
            FilePath directory)
            throws IOException {
        return launch(launch().cmds(command)
                .masks(mask)
                .envs(environment)
                .stdin(in)
                .stdout(out)
                .pwd(directory));
    }

    @Override
    public Proc launch(String[] command, String[] environment, InputStream in, OutputStream out, FilePath directory)
            throws IOException {
        return launch(command, null, environment, in, out, directory);
    }

    @Override
    public Channel launchChannel(
            String[] command, OutputStream out, FilePath directory, Map<String, String> environment)
            throws IOException {
        throw new IOException(
                "qemuSh cannot start a Java program that speaks Jenkins' own protocol in a guest: run this step outside"
                        + " the block.");
    }

    /** Nothing of the body's runs on the agent, so that only the guest is asked. */
    @Override
    public void kill(Map<String, String> cookies) throws IOException, InterruptedException {
        String cookie = cookies.get(BodyLaunch.COOKIE);
        if (cookie != null) {
            Agent.named(nodeName).killTasks(runDirectory, BodyLaunch.COOKIE + "=" + cookie);
        }
    }

    @Override
    public String toString() {
        return "qemuSh launcher for " + runDirectory;
    }
}
