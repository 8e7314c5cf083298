package io.jenkins.plugins.qemush.engine.vm.request;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How one gets into a machine.
 *
 * @param user who runs commands in it; created when the image has no such user
 * @param port the host's port for SSH; 0 lets QEMU choose
 * @param identity an own private key instead of a one-time key
 * @param publicKey its public half; derived when missing
 */
public record Access(String user, int port, Optional<Path> identity, Optional<Path> publicKey) {
    /** A one-time key, and a port that QEMU chooses. */
    public static Access of(String user) {
        return new Access(user, 0, Optional.empty(), Optional.empty());
    }

    /** The same user and port, with a one-time key. */
    Access withoutKeys() {
        return new Access(user, port, Optional.empty(), Optional.empty());
    }
}
