package io.jenkins.plugins.qemush.engine.supervisor;

/** What a machine does, as lists show it. */
public enum VmState {
    /** For memory of the host, or for a state that is made first. */
    WAITING,
    BOOTING,
    /** Waits for commands. */
    REACHABLE,
    /** Runs at least one command. */
    BUSY,
    STOPPING,
    /** It failed, or its supervisor was killed; its run directory tells why. */
    DEAD
}
