package io.jenkins.plugins.qemush.agent;

import hudson.model.TaskListener;
import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a test boot asks of its machine. */
final class TestCalls {
    private TestCalls() {}

    /** Waits until a command can run, runs one, and tells what it said: the guest's kernel. */
    record FirstCommand(String directory, TaskListener log) implements AgentCalls.Call<String> {
        @Override
        public String run() throws IOException, InterruptedException {
            RunDirectory run = AgentCalls.at(directory);
            ControlClient machine = new ControlClient(run);
            machine.awaitReachable(line -> log.getLogger().println("qemuSh: " + line));
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            GuestCommand uname =
                    new GuestCommand(List.of("uname", "-srm"), AgentCalls.user(run), Map.of(), Optional.empty());
            int status = machine.run(uname, List.of(), GuestStreams.output(said, said));
            String text = said.toString(StandardCharsets.UTF_8).strip();
            if (status != 0) {
                throw new GuestFailure("The guest answers, but cannot run uname: exit status " + status + ".", text);
            }
            return text;
        }
    }
}
