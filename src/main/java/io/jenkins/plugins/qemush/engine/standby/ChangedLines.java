package io.jenkins.plugins.qemush.engine.standby;

import java.time.Instant;
import java.util.function.Consumer;

/** Tells a line again only when another came between, so that what is tried again and again does not fill a disk. */
final class ChangedLines implements Consumer<String> {
    private final Consumer<String> to;
    private String last = "";

    ChangedLines(Consumer<String> to) {
        this.to = to;
    }

    @Override
    public void accept(String line) {
        if (!line.equals(last)) {
            to.accept(Instant.now() + " " + line);
            last = line;
        }
    }
}
