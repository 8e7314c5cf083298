package io.jenkins.plugins.qemush.engine.configure;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what dpkg prints while it configures packages: how far it has come, and which packages failed. */
final class DpkgOutput extends OutputStream {
    /** Kept of what was said before the first failure, with what tells its reason. */
    private static final int LAST_LINES = 12;

    private static final int REASON_LINES = 2;
    private static final Pattern FAILED = Pattern.compile("dpkg: error processing package (\\S+) \\(.*");

    private final int packages;
    private final Consumer<String> progress;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Set<String> failed = new LinkedHashSet<>();
    private int done;
    private int linesOfReason;

    /**
     * @param packages how many there are
     * @param progress hears of every tenth of them
     */
    DpkgOutput(int packages, Consumer<String> progress) {
        this.packages = packages;
        this.progress = progress;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            line(line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else {
            line.write(b);
        }
    }

    private void line(String text) {
        remember(text);
        Matcher failure = FAILED.matcher(text);
        if (failure.matches()) {
            failed.add(failure.group(1));
        }
        if (text.startsWith("Setting up ")) {
            done++;
            if (done % Math.max(1, packages / 10) == 0) {
                progress.accept("configured " + done + " of " + packages + " packages");
            }
        }
    }

    /** The first failure is the cause: dpkg goes on, and what comes later only hides it. */
    private void remember(String text) {
        if (!failed.isEmpty() && ++linesOfReason > REASON_LINES) {
            return;
        }
        lastLines.addLast(text);
        if (lastLines.size() > LAST_LINES) {
            lastLines.removeFirst();
        }
    }

    /** The packages that dpkg named, with commas between them. The first is the cause of others. */
    synchronized Optional<String> failedPackages() {
        return failed.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", failed));
    }

    /** What was said last before the first failure, and its reason; without a failure, what was said last. */
    synchronized String lastLines() {
        return String.join("\n", lastLines);
    }
}
