package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.VmDescription;
import io.jenkins.plugins.qemush.testing.UnixServer;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlClientTest {
    private static final VmDescription OF_AN_OLDER_VERSION =
            new VmDescription(1, "m", "aarch64", "debian", "user", 1, 2, 22, 0, 256, "", "");

    @TempDir
    private Path temp;

    /** It would run the command without the second folder, and nobody would know. */
    @Test
    void supervisorThatKnowsOneFolderOnlyIsAskedForNoMore() throws Exception {
        RunDirectory directory = RunDirectory.create(temp.resolve("m"));
        EngineJson.write(directory.description(), OF_AN_OLDER_VERSION);
        String reachable = EngineJson.toJson(new ControlAnswer(0, VmState.REACHABLE));
        GuestCommand command = new GuestCommand(List.of("true"), "user", Map.of(), Optional.empty());
        List<SharedFolder> two = List.of(
                new SharedFolder(temp, "/work", "user", List.of(), SyncMode.AUTO),
                new SharedFolder(temp, "/cache", "user", List.of(), SyncMode.AUTO));
        OutputStream nowhere = OutputStream.nullOutputStream();

        try (UnixServer supervisor = UnixServer.start(directory.controlSocket(), peer -> {
            peer.say((char) Frame.Kind.ANSWER.ordinal() + "\0\0\0" + (char) reachable.length() + reachable);
            peer.hear();
        })) {
            assertThatThrownBy(
                            () -> new ControlClient(directory).run(command, two, GuestStreams.output(nowhere, nowhere)))
                    .isInstanceOf(HostFailure.class)
                    .hasMessageContaining("older version");
        }
    }
}
