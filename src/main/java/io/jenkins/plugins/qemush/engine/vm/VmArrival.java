package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import io.jenkins.plugins.qemush.engine.guest.SshConnection;
import io.jenkins.plugins.qemush.engine.guest.SshEndpoint;
import io.jenkins.plugins.qemush.engine.vm.qemu.QmpClient;
import io.jenkins.plugins.qemush.engine.vm.qemu.WorkspaceDevice;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Kind;
import io.jenkins.plugins.qemush.engine.vm.run.VmDescription;
import io.jenkins.plugins.qemush.engine.vm.serial.SerialConsole;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** How a machine comes within reach: restored, or booted when it cannot be. */
final class VmArrival {
    private final VmRequest request;
    private final RunDirectory directory;
    private final Timeline timeline;
    private final Launch launch;
    private final VmLinks links;
    private final VmHealth health;
    private final Notices notices;
    private final AtomicBoolean silent = new AtomicBoolean(true);

    VmArrival(
            VmRequest request,
            RunDirectory directory,
            Timeline timeline,
            Launch launch,
            VmLinks links,
            VmHealth health,
            Notices notices) {
        this.request = request;
        this.directory = directory;
        this.timeline = timeline;
        this.launch = launch;
        this.links = links;
        this.health = health;
        this.notices = notices;
    }

    /** Whether the machine came from a state. If not, one that boots has been started. */
    boolean restore() throws IOException, InterruptedException {
        Optional<SavedState> state = launch.state();
        if (state.isEmpty()) {
            return false;
        }
        try {
            restore(state.get());
            health.watch(launch.qemu());
            return true;
        } catch (IOException e) {
            links.close();
            if (request.warm() == WarmMode.FALSE) {
                // Somebody tries out this very state: another start proves nothing.
                throw e;
            }
            launch.bootInstead(SavedStates.ofUser(), e.getMessage());
            return false;
        }
    }

    private void restore(SavedState state) throws IOException, InterruptedException {
        VmBoot way = way(Restore.LONGEST);
        connectSockets(way);
        Restore restore = new Restore(state, links.console(), links.qmp());
        restore.load(directory.stateSocket());
        timeline.add(Kind.RESTORED, "saved a boot of " + state.manifest().bootMillis() + " ms");
        int port = VmBoot.sshPort(links.qmp());
        restore.wake(request.name(), launch.key());
        describe(port);
        String hostKey = restore.awaitOpen();
        timeline.add(Kind.READY, "woken over the console");
        links.ssh(connect(way, way.endpoint(port, hostKey)));
        restore.awaitClock();
    }

    /** Waits for the boot of the machine that was started. */
    void boot() throws IOException, InterruptedException {
        health.watch(launch.qemu());
        VmBoot way = way(request.limits().boot());
        try {
            connectSockets(way);
            int port = VmBoot.sshPort(links.qmp());
            describe(port);
            SshEndpoint endpoint = way.letIn(links.console(), port, notices);
            WorkspaceDevice.plugLate(request, links.qmp());
            links.ssh(connect(way, endpoint));
        } catch (IOException e) {
            throw health.explain(e, "The guest could not be reached: " + e.getMessage() + ".");
        }
    }

    private VmBoot way(Duration limit) {
        return new VmBoot(request, directory, launch.key(), launch.qemu(), timeline, limit);
    }

    private void connectSockets(VmBoot way) throws IOException, InterruptedException {
        way.awaitSockets();
        links.console(way.connected(() -> SerialConsole.connect(directory.consoleSocket(), this::consoleText)));
        links.qmp(way.connected(() -> QmpClient.connect(directory.qmpSocket(), health::qmpEvent)));
    }

    private SshConnection connect(VmBoot way, SshEndpoint endpoint) throws IOException, InterruptedException {
        SshFiles.write(directory, endpoint, request.user());
        return way.connect(endpoint);
    }

    private void consoleText(String text) {
        if (silent.getAndSet(false)) {
            timeline.add(Kind.KERNEL, "first output on the console");
        }
        health.consoleText(text);
    }

    private void describe(int port) throws IOException, InterruptedException {
        EngineJson.write(
                directory.description(),
                new VmDescription(
                        VmDescription.PROTOCOL,
                        request.name(),
                        request.image().manifest().arch(),
                        request.image().manifest().name(),
                        request.user(),
                        ProcessHandle.current().pid(),
                        launch.qemu().pid(),
                        port,
                        timeline.events().get(0).at().toEpochMilli(),
                        request.memory(),
                        "QEMU " + links.qmp().version() + " ("
                                + launch.accelerator().qemuName() + ")",
                        ShellQuote.readable(launch.commandLine())));
    }
}
