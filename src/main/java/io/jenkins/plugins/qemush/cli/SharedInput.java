package io.jenkins.plugins.qemush.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard input that the calling process has, too: a shell that reads a list or its script from there. Over SSH nobody knows
 * whether a command in the guest will read; so that the many that never do leave the list alone, nothing is read before a
 * command has run for a while.
 */
final class SharedInput extends InputStream {
    private static final int PAUSE_MILLIS = 1000;

    private final InputStream input;
    private boolean begun;

    private SharedInput(InputStream input) {
        this.input = input;
    }

    /** The input as it is, unless the caller shares it. */
    static InputStream of(InputStream input) {
        return isShared() ? new SharedInput(input) : input;
    }

    private static boolean isShared() {
        return System.console() == null
                && ProcessHandle.current()
                        .parent()
                        .map(parent -> isSame(Path.of("/proc/self/fd/0"), Path.of("/proc/" + parent.pid() + "/fd/0")))
                        .orElse(false);
    }

    private static boolean isSame(Path mine, Path parents) {
        try {
            Path target = Files.readSymbolicLink(mine);
            return !target.equals(Path.of("/dev/null")) && target.equals(Files.readSymbolicLink(parents));
        } catch (IOException e) {
            // Of another user, or gone: it reads no list of ours.
            return false;
        }
    }

    @Override
    public int read() throws IOException {
        pause();
        return input.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        pause();
        return input.read(bytes, offset, length);
    }

    private void pause() throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("nobody waits for this input any more");
        }
    }
}
