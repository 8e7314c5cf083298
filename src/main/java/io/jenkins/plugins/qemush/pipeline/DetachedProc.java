package io.jenkins.plugins.qemush.pipeline;

import hudson.Proc;
import java.io.InputStream;
import java.io.OutputStream;

/** The launch of a durable task: it is over when the script has been started. */
final class DetachedProc extends Proc {
    @Override
    public boolean isAlive() {
        return false;
    }

    @Override
    public void kill() {
        // A durable task is killed by its cookie.
    }

    @Override
    public int join() {
        return 0;
    }

    @Override
    public InputStream getStdout() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream getStderr() {
        return InputStream.nullInputStream();
    }

    @Override
    public OutputStream getStdin() {
        return OutputStream.nullOutputStream();
    }
}
