package io.jenkins.plugins.qemush.agent;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last line that was written: how far work has come. */
public final class LastLine extends OutputStream {
    private static final int LONGEST = 500;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private String last = "";

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            last = line.toString(StandardCharsets.UTF_8).replaceFirst("^qemuSh: ", "");
            line.reset();
        } else if (line.size() < LONGEST) {
            line.write(b);
        }
    }

    /** Takes a line that is none of a log. */
    public synchronized void say(String text) {
        last = text;
    }

    /** The last line; empty when there was none. */
    public synchronized String text() {
        return last;
    }
}
