package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Why a machine is dead: the file {@code failure} of its run directory, a {@link RemoteFailure} as JSON. Its guardian
 * writes it, too, when the supervisor cannot any more.
 */
public record FailureFile(RunDirectory directory) {
    private Path file() {
        return directory.path().resolve("failure");
    }

    void write(QemuShException e) throws IOException {
        EngineJson.write(file(), RemoteFailure.of(e));
    }

    /** Whether somebody wrote down that the machine has failed; its supervisor may still live to clear up. */
    public boolean isWritten() {
        return Files.exists(file());
    }

    /** The failure; a guess when nobody was left to write one down. */
    public QemuShException read() throws IOException {
        if (isWritten()) {
            QemuShException known = EngineJson.read(file(), RemoteFailure.class).toException();
            return known instanceof GuestFailure guest && guest.console().isBlank()
                    ? new GuestFailure(guest.getMessage(), new ConsoleLog(directory.consoleLog()).excerpt())
                    : known;
        }
        String log = Files.exists(directory.supervisorLog()) ? Files.readString(directory.supervisorLog()) : "";
        return new HostFailure(
                "The machine's supervisor is gone without a word.",
                log.isBlank() ? "Start the machine again." : "It printed: " + log.strip());
    }
}
