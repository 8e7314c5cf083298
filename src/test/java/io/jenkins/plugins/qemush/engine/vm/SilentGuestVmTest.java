package io.jenkins.plugins.qemush.engine.vm;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.vm.run.VmDescription;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose QEMU is alive and does nothing, as one on a host that swaps itself to death. */
@Tag("vm")
class SilentGuestVmTest {
    @TempDir
    private Path folder;

    @Test
    void guestThatStopsAnsweringIsToldAndEnded() throws Exception {
        RunDirectory directory = RunRoot.at(folder.resolve("q")).create("m");
        VmRequest request = VmRequest.of("m", Image.open(TestImages.folder("aarch64")))
                .with(new Limits(Limits.DEFAULT_BOOT, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(6)));
        Vm vm = Vm.create(request, directory, true);
        vm.begin(Optional.empty());
        long qemu;
        try {
            vm.awaitReachable();
            qemu = EngineJson.read(directory.description(), VmDescription.class).qemu();
            new ProcessBuilder("kill", "-STOP", String.valueOf(qemu)).start().waitFor();

            assertThatThrownBy(() -> vm.run(
                            GuestCommand.rootScript("sleep 100"),
                            GuestStreams.output(OutputStream.nullOutputStream(), OutputStream.nullOutputStream())))
                    .isInstanceOf(GuestFailure.class)
                    .hasMessageContaining("stopped answering");
        } finally {
            vm.close();
        }
        assertThat(directory.path()).doesNotExist();
        await().until(() ->
                ProcessHandle.of(qemu).filter(ProcessHandle::isAlive).isEmpty());
    }
}
