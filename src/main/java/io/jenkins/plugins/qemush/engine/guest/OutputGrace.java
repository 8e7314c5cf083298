package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Waits for the rest of a command's output once the command itself has ended: a process that it left behind may hold its
 * outputs open for ever. An SSH server tells the exit status when the command ends (RFC 4254, 6.10), and closes the channel
 * when the outputs do.
 *
 * <p>The time that a slow reader takes does not count.
 */
final class OutputGrace {
    /** What a loaded guest may take to deliver what is on its way. */
    private static final Duration SILENT = Duration.ofSeconds(2);

    private final Duration longest;
    private final OutputStream errors;
    private long waited;
    private long lastLook;
    private boolean ended;
    private boolean told;

    /**
     * @param longest to wait; zero for ever
     * @param errors told when it takes more than a moment
     */
    OutputGrace(Duration longest, OutputStream errors) {
        this.longest = longest;
        this.errors = errors;
    }

    /**
     * Looks again; called all the time.
     *
     * @param ended whether the command itself has ended
     * @param held whether the reader holds the output up
     * @return whether to wait no longer
     */
    boolean isOver(boolean ended, boolean held) throws IOException {
        if (!ended) {
            return false;
        }
        long now = System.nanoTime();
        if (this.ended && !held) {
            waited += now - lastLook;
        }
        this.ended = true;
        lastLook = now;
        if (!told && waited > SILENT.toNanos()) {
            told = true;
            tell("The command has ended, but a process that it left behind holds its output open: waiting "
                    + (longest.isZero() ? "until that ends" : "up to " + longest.toSeconds() + " s")
                    + ". Redirect the output of such processes, or change --output-grace.");
        }
        return !longest.isZero() && waited > longest.toNanos();
    }

    private void tell(String sentence) throws IOException {
        errors.write(("qemu-sh: " + sentence + "\n").getBytes(StandardCharsets.UTF_8));
        errors.flush();
    }
}
