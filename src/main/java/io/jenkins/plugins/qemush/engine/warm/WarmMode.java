package io.jenkins.plugins.qemush.engine.warm;

/** Whether a machine may be restored from a saved state instead of booted. */
public enum WarmMode {
    /** From a state when there is one; otherwise booted, and a state is made in the background once it has ended. */
    AUTO,
    /** From a state, which is made first when there is none; booted only where no state can be. */
    TRUE,
    /** Booted, always; no state is made. */
    FALSE
}
