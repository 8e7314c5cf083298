package io.jenkins.plugins.qemush.engine.task;

import static io.jenkins.plugins.qemush.testing.Patience.await;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.store.FileTree;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLauncher;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real machine with a supervisor of its own, as Jenkins has it, and steps in it. */
final class TaskMachine implements AutoCloseable {

    private final Path scratch = Files.createTempDirectory("qs");
    private final Path workspace = Files.createDirectories(scratch.resolve("jobs/work space é"));
    private final RunDirectory run = RunDirectory.create(scratch.resolve("m"));
    private final ControlClient client = new ControlClient(run);
    private final String user;

    private TaskMachine(VmRequest request) throws IOException {
        user = request.user();
    }

    static TaskMachine boot() throws IOException, InterruptedException {
        VmRequest request = VmRequest.of("m", TestImages.of("aarch64")).withWorkspaceDisk();
        TaskMachine machine = new TaskMachine(request);
        SupervisorLauncher.likeThisProcess().launch(request, machine.run);
        machine.client.awaitReachable();
        return machine;
    }

    String user() {
        return user;
    }

    Path workspace() {
        return workspace;
    }

    RunDirectory run() {
        return run;
    }

    ControlClient client() {
        return client;
    }

    StockStep start(String text) throws IOException, InterruptedException {
        StockStep step = StockStep.sh(workspace, text);
        client.startTask(step.request(user), Optional.empty(), List.of(workspace + "@tmp"));
        return step;
    }

    static StockStep over(StockStep step) {
        await().pollInterval(Duration.ofMillis(2)).until(step::isOver);
        return step;
    }

    /** What a command prints. */
    String output(String... command) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client.run(new GuestCommand(List.of(command), user, Map.of(), Optional.empty()), GuestStreams.output(out, out));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** In the background, for it may take the connection along. */
    void asRoot(String script) throws IOException, InterruptedException {
        OutputStream nowhere = OutputStream.nullOutputStream();
        String behind = "( sleep 1; " + script + ") </dev/null >/dev/null 2>&1 &";
        client.run(GuestCommand.rootScript(behind), GuestStreams.output(nowhere, nowhere));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        client.stop(Duration.ofSeconds(60));
        FileTree.delete(scratch);
    }
}
