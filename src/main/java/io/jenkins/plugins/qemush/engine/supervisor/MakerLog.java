package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What became of the states to be made in the background: nobody waits for them, and whoever wonders why there is none looks
 * here.
 */
record MakerLog(Path file) {
    /** Some hundred states; what came before is forgotten. */
    private static final long LONGEST = 64 << 10;

    static MakerLog of(SavedStates states) throws IOException {
        Files.createDirectories(states.root());
        return new MakerLog(states.root().resolve("maker.log"));
    }

    void add(VmRequest request, String what) throws IOException {
        if (Files.exists(file) && Files.size(file) > LONGEST) {
            Files.delete(file);
        }
        String line = "%s %s, %d MB: %s%n"
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        request.image().manifest().name(),
                        request.memory(),
                        what);
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
