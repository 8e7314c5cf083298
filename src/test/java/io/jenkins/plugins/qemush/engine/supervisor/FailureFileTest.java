package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a machine is dead can be read by other processes. */
class FailureFileTest {
    @TempDir
    private Path folder;

    @Test
    void failureKeepsItsKind() throws IOException {
        RunDirectory directory = RunDirectory.create(folder.resolve("m"));
        FailureFile file = new FailureFile(directory);

        file.write(new HostFailure("No QEMU.", "Install it."));
        assertThat(file.read()).isInstanceOf(HostFailure.class).hasMessage("No QEMU.");
        assertThat(file.read().help()).isEqualTo("Install it.");

        file.write(new GuestFailure("It crashed.", "trace\nmore"));
        assertThat(file.read().help()).contains("trace\n").contains("more");
    }
}
