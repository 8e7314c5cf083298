package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.image.Progress;
import java.io.PrintStream;

/** Tells of long work in a build's log: a line when it has taken a while, and every so often from then on. */
final class ProgressLines implements Progress {
    private static final long FIRST_MILLIS = 2_000;
    private static final long NEXT_MILLIS = 10_000;

    private final PrintStream log;
    private String current = "";
    private long nextLine;

    ProgressLines(PrintStream log) {
        this.log = log;
    }

    @Override
    public void at(String what, long done, long total) {
        long now = System.nanoTime() / 1_000_000;
        if (!what.equals(current)) {
            current = what;
            nextLine = now + FIRST_MILLIS;
        } else if (now >= nextLine) {
            nextLine = now + NEXT_MILLIS;
            log.println("qemuSh: " + what + ": " + (total > 0 ? done * 100 / total + " %" : (done >> 20) + " MB"));
        }
    }

    @Override
    public void step(String line) {
        current = "";
        log.println("qemuSh: " + line);
    }
}
