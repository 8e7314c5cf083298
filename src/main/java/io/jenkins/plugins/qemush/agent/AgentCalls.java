package io.jenkins.plugins.qemush.agent;

import hudson.model.TaskListener;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.FailureFile;
import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLauncher;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLock;
import io.jenkins.plugins.qemush.engine.task.TaskRequest;
import io.jenkins.plugins.qemush.engine.vm.request.Access;
import io.jenkins.plugins.qemush.engine.vm.request.Hardware;
import io.jenkins.plugins.qemush.engine.vm.request.Network;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.VmDescription;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.agents.ControllerToAgentCallable;

/** What {@link Agent} sends to an agent: each call turns strings into engine types, calls the engine, and answers. */
final class AgentCalls {
    private static final Duration END = Duration.ofSeconds(45);

    private AgentCalls() {}

    /** A call that may be interrupted on the agent, when the controller has lost its patience. */
    interface Call<V> extends ControllerToAgentCallable<V, IOException> {
        V run() throws IOException, InterruptedException;

        @Override
        default V call() throws IOException {
            try {
                return run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The controller no longer wants the answer.");
            }
        }
    }

    record VerifyJars(String folder, List<EngineJar> jars) implements Call<Boolean> {
        @Override
        public Boolean run() throws IOException {
            return new EngineFolder(Path.of(folder)).has(jars);
        }
    }

    record RemoveOthers(String home, String keep) implements Call<Void> {
        @Override
        public Void run() throws IOException {
            EngineFolder.removeOthers(Path.of(home), keep);
            return null;
        }
    }

    record Plan(MachineOrder order, AgentFolders folders, TaskListener log) implements Call<MachinePlan> {
        @Override
        public MachinePlan run() throws IOException, InterruptedException {
            Image image = order.image().ready(folders.store(), new ProgressLines(log.getLogger()));
            VmRequest request = request("", order, image);
            return new MachinePlan(
                    image.manifest().name(),
                    image.manifest().arch(),
                    request.memory(),
                    request.user(),
                    image.manifest().source(),
                    digests(image));
        }
    }

    private static Map<String, String> digests(Image image) {
        Map<String, String> digests = new LinkedHashMap<>();
        image.manifest().files().forEach((role, file) -> file.sha256().ifPresent(sha256 -> digests.put(role, sha256)));
        return digests;
    }

    record Start(
            MachineOrder order,
            AgentFolders folders,
            MachinePlace place,
            String engine,
            Map<String, String> environment)
            implements Call<Void> {
        @Override
        public Void run() throws IOException, InterruptedException {
            RunDirectory run = at(place.directory());
            if (place.stoodBy()) {
                new ControlClient(run).limit(order.limits().ofMachine());
                return null;
            }
            Image image = order.image().ready(folders.store(), Progress.NONE);
            Map<String, String> all = folders.over(System.getenv());
            all.putAll(environment);
            launcher(engine, all).launch(request(run.name(), order, image), run);
            return null;
        }
    }

    /** Starts the engine's programs with the Java that runs this agent. */
    static SupervisorLauncher launcher(String engine, Map<String, String> environment) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new SupervisorLauncher(java, SupervisorLauncher.jarsOf(Path.of(engine)), environment);
    }

    record AwaitReachable(String directory, SharedWorkspace workspace, TaskListener log)
            implements Call<RunningMachine> {
        @Override
        public RunningMachine run() throws IOException, InterruptedException {
            RunDirectory run = at(directory);
            SharedFolder folder = workspace.forUser(VmRequest.of(run).user());
            new ControlClient(run).share(folder, line -> log.getLogger().println("qemuSh: " + line));
            VmDescription vm = EngineJson.read(run.description(), VmDescription.class);
            return new RunningMachine(
                    vm.image(),
                    vm.arch(),
                    vm.user(),
                    vm.port(),
                    run.privateKey().toString(),
                    vm.emulator(),
                    vm.commandLine());
        }
    }

    record AskFailure(String directory) implements Call<MachineFailure> {
        @Override
        public MachineFailure run() throws IOException {
            RunDirectory run = at(directory);
            FailureFile failure = new FailureFile(run);
            return !failure.isWritten() && SupervisorLock.isHeld(run) ? null : MachineFailure.of(failure.read());
        }
    }

    record Stop(String directory) implements Call<Void> {
        @Override
        public Void run() throws IOException, InterruptedException {
            new ControlClient(at(directory)).stop(END);
            return null;
        }
    }

    record ListMachines(AgentRunRoot root) implements Call<List<FoundMachine>> {
        @Override
        public List<FoundMachine> run() throws IOException {
            return root.list();
        }
    }

    record StartTask(String directory, GuestTask task, SharedWorkspace workspace) implements Call<Void> {
        @Override
        public Void run() throws IOException, InterruptedException {
            RunDirectory run = at(directory);
            String user = user(run);
            TaskRequest request = new TaskRequest(
                    task.controlDirectory(),
                    task.directory(),
                    task.script(),
                    task.environment(),
                    task.pathPrefix(),
                    user);
            new ControlClient(run)
                    .startTask(request, Optional.of(workspace.forUser(user)), workspace.temporary(task.directory()));
            return null;
        }
    }

    record KillTasks(String directory, String variable) implements Call<Void> {
        @Override
        public Void run() throws IOException, InterruptedException {
            new ControlClient(at(directory)).killTasks(variable);
            return null;
        }
    }

    /** The user whom a machine runs its commands as. */
    static String user(RunDirectory run) throws IOException {
        return EngineJson.read(run.description(), VmDescription.class).user();
    }

    static RunDirectory at(String path) {
        return new RunDirectory(Path.of(path));
    }

    static VmRequest request(String name, MachineOrder order, Image image) throws HostFailure {
        VmRequest plain = VmRequest.of(name, image);
        Network network = order.network() ? Network.USER : Network.ISOLATED;
        return plain.with(new Hardware(
                        order.memory().of(image.machine()),
                        order.cpus(),
                        network,
                        true,
                        order.kernelArguments(),
                        List.of()))
                .with(Access.of(Optional.ofNullable(order.user()).orElse(plain.user()))
                        .withNetworkFixed(order.fixNetwork()))
                .with(order.limits().ofMachine())
                .with(order.warm());
    }
}
