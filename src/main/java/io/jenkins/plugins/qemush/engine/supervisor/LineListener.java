package io.jenkins.plugins.qemush.engine.supervisor;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands on what arrives as lines, one in a frame. */
final class LineListener extends OutputStream {
    private final Consumer<String> listener;

    LineListener(Consumer<String> listener) {
        this.listener = listener;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        String line = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (!line.isBlank()) {
            listener.accept(line.strip());
        }
    }

    @Override
    public void write(int character) {
        write(new byte[] {(byte) character}, 0, 1);
    }
}
