package io.jenkins.plugins.qemush.engine.vm.request;

/** What the guest reaches of the world. SSH from this host works either way. */
public enum Network {
    /** Whatever this host reaches, by QEMU's user-mode network. */
    USER,
    /** Nothing. */
    ISOLATED
}
