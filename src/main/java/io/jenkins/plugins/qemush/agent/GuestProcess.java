package io.jenkins.plugins.qemush.agent;

import hudson.remoting.RemoteInputStream;
import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.agents.ControllerToAgentCallable;

/**
 * A command in the guest with its streams on the controller; answers with its exit status.
 *
 * @param title the command for people, without what its caller masks
 * @param workingDirectory null for the user's home
 * @param workspace goes into the guest before, and comes back behind the command
 */
public record GuestProcess(
        String runDirectory,
        List<String> command,
        String title,
        Map<String, String> environment,
        String workingDirectory,
        SharedWorkspace workspace,
        RemoteInputStream in,
        RemoteOutputStream out,
        RemoteOutputStream err)
        implements ControllerToAgentCallable<Integer, IOException> {

    /** Without command and environment, which may hold secrets. */
    @Override
    public String toString() {
        return "process in " + runDirectory;
    }

    @Override
    public Integer call() throws IOException {
        RunDirectory directory = new RunDirectory(Path.of(runDirectory));
        try (out;
                err) {
            String user = AgentCalls.user(directory);
            GuestCommand guest =
                    new GuestCommand(command, user, environment, Optional.ofNullable(workingDirectory)).titled(title);
            return new ControlClient(directory)
                    .run(
                            guest,
                            workspace.forUser(user),
                            workspace.temporary(workingDirectory == null ? workspace.path() : workingDirectory),
                            new GuestStreams(in, out, err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The command was stopped.", e);
        }
    }
}
