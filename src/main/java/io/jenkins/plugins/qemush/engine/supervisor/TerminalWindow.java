package io.jenkins.plugins.qemush.engine.supervisor;

/** A window of this host, in characters, whose size may change. */
public interface TerminalWindow {
    int columns();

    int rows();

    /** Has the listener called, on whatever thread, when the size has changed. */
    void onResize(Runnable listener);
}
