package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one push or pull did, for the log.
 *
 * @param way how it travelled; never {@link SyncMode#AUTO}
 * @param entries files, links and folders written
 * @param deleted entries removed
 * @param bytes content of the files written
 * @param note what the log should say besides, such as why the slower way was taken; empty for nothing
 * @param warnings a line for each kind of thing that did not come back, or not as it was, and should not have
 * @param failure what should have come back and did not; all else did
 */
public record SyncReport(
        SyncMode way,
        int entries,
        int deleted,
        long bytes,
        Duration took,
        String note,
        List<String> warnings,
        Optional<HostFailure> failure) {
    private static final int MB = 1_000_000;

    public SyncReport {
        warnings = List.copyOf(warnings);
    }

    SyncReport(SyncMode way, int entries, int deleted, long bytes, Duration took, String note) {
        this(way, entries, deleted, bytes, took, note, List.of(), Optional.empty());
    }

    SyncReport with(PullProblems problems) {
        return new SyncReport(way, entries, deleted, bytes, took, note, problems.warnings(), problems.failure());
    }

    /** @throws HostFailure the {@link #failure} if there is one */
    public void demandSuccess() throws HostFailure {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** One line: {@code 3 changed, 1 deleted, 12.3 MB in 0.10 s (disk)}; less than a MB in kB. */
    @Override
    public String toString() {
        String line = String.format(
                Locale.ROOT,
                "%d changed, %d deleted, %.1f %s in %.2f s (%s)",
                entries,
                deleted,
                bytes < MB ? bytes / 1e3 : bytes / 1e6,
                bytes < MB ? "kB" : "MB",
                took.toNanos() / 1e9,
                way.name().toLowerCase(Locale.ROOT));
        return note.isEmpty() ? line : line + "; " + note;
    }
}
