package io.jenkins.plugins.qemush.engine.standby;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLauncher;
import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLock;
import io.jenkins.plugins.qemush.engine.supervisor.VmState;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that stand by as long as somebody orders them. */
@Tag("vm")
class StandbyProcessVmTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final StandbyLimits ANY = new StandbyLimits(0, 0);
    private static final Limits SHORT = new Limits(Limits.DEFAULT_BOOT, Duration.ofSeconds(1), Duration.ZERO);

    /** With its saved state, which takes a minute to make. */
    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    private RunRoot root;
    private StandbyFolder standby;
    private Process process;

    @BeforeEach
    void start() throws Exception {
        root = RunRoot.at(folder.resolve("q"));
        standby = new StandbyFolder(folder.resolve("standby"));
        order(1, ANY);
        SupervisorLauncher like = SupervisorLauncher.likeThisProcess();
        process = new SupervisorLauncher(like.java(), like.classPath(), environment())
                .launchBeside(StandbyProcess.class, standby.path().toString(), folder.resolve("log"));
        awaitStanding(1);
    }

    @AfterEach
    void nothingStaysBehind() throws Exception {
        standby.withdraw();
        assertThat(process.waitFor()).isZero();
        await().untilAsserted(() -> {
            assertThat(root.standing()).isEmpty();
            assertThat(root.list()).isEmpty();
        });
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("QEMU_SH_HOME", home.toString());
        environment.put("QEMU_SH_RUN", folder.resolve("m").toString());
        return environment;
    }

    private static VmRequest request() throws Exception {
        VmRequest plain = VmRequest.of("kind", TestImages.of("aarch64")).with(WarmMode.AUTO);
        return plain.with(plain.hardware().withWorkspaceDisk());
    }

    private void order(int count, StandbyLimits limits) throws Exception {
        order(environment(), count, limits);
    }

    private void order(Map<String, String> environment, int count, StandbyLimits limits) throws Exception {
        Path engine = Path.of(System.getProperty("java.class.path").split(":")[0]);
        standby.order(new StandbyOrder(
                StandbyServer.of(engine, environment),
                root.path(),
                limits,
                List.of(new StandbyOrder.Kind("kind", request(), count))));
    }

    private void awaitStanding(int count) {
        await().until(() -> standing().size() == count);
    }

    private Set<String> standing() throws Exception {
        return root.standing().stream()
                .filter(directory -> {
                    try {
                        return SupervisorLock.isHeld(directory)
                                && Files.readString(directory.events()).contains("stands_by");
                    } catch (java.io.IOException e) {
                        return false;
                    }
                })
                .map(RunDirectory::name)
                .collect(Collectors.toSet());
    }

    private RunDirectory take(Limits limits) throws Exception {
        Optional<RunDirectory> taken = new StandbyMachines(root).take(request().with(limits), false);
        return taken.orElseThrow();
    }

    @Test
    void machinesAreRemadeAndEndWithTheOrder() throws Exception {
        RunDirectory taken = take(Limits.DEFAULT);
        awaitStanding(1);
        assertThat(standing()).doesNotContain(taken.name());

        standby.withdraw();

        await().until(() -> standing().isEmpty() && !process.isAlive());
        assertThat(new ControlClient(taken).state()).isEqualTo(VmState.REACHABLE);
        new ControlClient(taken).stop(SOON);
    }

    @Test
    void machinesMakeRoomForThoseInUse() throws Exception {
        order(2, new StandbyLimits(2, 0));
        awaitStanding(2);

        RunDirectory other = root.create("other");

        awaitStanding(1);
        other.delete();
        awaitStanding(2);
    }

    @Test
    void orderForAnotherProcessIsLeftToThat() throws Exception {
        Map<String, String> moved = environment();
        moved.put("QEMU_SH_HOME", folder.resolve("other").toString());

        order(moved, 1, ANY);

        await().until(() -> root.standing().isEmpty() && !process.isAlive());
    }

    @Test
    void killedProcessTakesItsMachinesAlong() throws Exception {
        process.destroyForcibly().waitFor();

        await().until(() -> root.standing().isEmpty());
        process = SupervisorLauncher.likeThisProcess()
                .launchBeside(StandbyProcess.class, folder.resolve("none").toString(), folder.resolve("log"));
    }

    @Test
    void limitsOfATakenMachineAreThoseOfItsTaker() throws Exception {
        RunDirectory reserved = take(SHORT);
        await().until(() -> !SupervisorLock.isHeld(reserved));
        assertThat(reserved.path()).doesNotExist();
        awaitStanding(1);

        RunDirectory used = take(SHORT);
        new ControlClient(used).limit(Limits.DEFAULT);
        awaitStanding(1);
        assertThat(new ControlClient(used).state()).isEqualTo(VmState.REACHABLE);

        new ControlClient(used).stop(SOON);
    }
}
