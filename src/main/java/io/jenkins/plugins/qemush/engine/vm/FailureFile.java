package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Why a machine is dead: the file {@code failure} of its run directory. The first line is the cause, the others are the
 * console or the next step. Its guardian writes it, too, when the supervisor cannot any more.
 */
public record FailureFile(RunDirectory directory) {
    private Path file() {
        return directory.path().resolve("failure");
    }

    void write(QemuShException e) throws IOException {
        Files.writeString(
                file(), e.getMessage() + "\n" + (e instanceof GuestFailure g ? g.console() : e.help()) + "\n");
    }

    /** The failure; a guess when nobody was left to write one down. */
    public QemuShException read() throws IOException {
        if (!Files.exists(file())) {
            String log = Files.exists(directory.supervisorLog()) ? Files.readString(directory.supervisorLog()) : "";
            return new HostFailure(
                    "The machine's supervisor is gone without a word.",
                    log.isBlank() ? "Start it again." : "It printed: " + log.strip());
        }
        List<String> lines = Files.readAllLines(file());
        String rest = String.join("\n", lines.subList(Math.min(1, lines.size()), lines.size()));
        return new GuestFailure(
                lines.isEmpty() ? "The machine failed." : lines.get(0),
                rest.isBlank() ? new ConsoleLog(directory.consoleLog()).excerpt() : rest);
    }
}
