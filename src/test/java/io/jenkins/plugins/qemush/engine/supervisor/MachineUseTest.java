package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineUseTest {
    @TempDir
    Path folder;

    private final GuestCommand command =
            new GuestCommand(List.of("docker", "run", "KEY=s3cret"), "user", Map.of(), Optional.empty());

    private String timelineOf(GuestCommand used) throws Exception {
        Path file = folder.resolve("events.jsonl");
        new MachineUse(new Timeline(file)).commandStarts(used);
        return Files.readString(file);
    }

    @Test
    void commandShowsInTheTimeline() throws Exception {
        assertThat(timelineOf(command)).contains("docker run KEY=s3cret");
    }

    @Test
    void titleShowsInPlaceOfTheArguments() throws Exception {
        assertThat(timelineOf(command.titled("docker run ******")))
                .contains("docker run ******")
                .doesNotContain("s3cret");
    }
}
