package io.jenkins.plugins.qemush.engine.vm.request;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How one gets into a machine.
 *
 * @param user who runs commands in it; created when the image has no such user
 * @param port the host's port for SSH; 0 lets QEMU choose
 * @param identity an own private key instead of a one-time key
 * @param publicKey its public half; derived when missing
 * @param published more ports of the guest that this host reaches, on loopback
 * @param fixNetwork give the guest's network interface its address by hand, over the console
 */
public record Access(
        String user,
        int port,
        Optional<Path> identity,
        Optional<Path> publicKey,
        List<Published> published,
        boolean fixNetwork) {

    /** TCP port {@code host} of 127.0.0.1 leads to port {@code guest} of the guest; both 1 to 65535. */
    public record Published(int host, int guest) {}

    public Access {
        // Of an older version of this program.
        published = published == null ? List.of() : List.copyOf(published);
    }

    /** A one-time key, and a port that QEMU chooses. */
    public static Access of(String user) {
        return new Access(user, 0, Optional.empty(), Optional.empty(), List.of(), false);
    }

    /** The same with the guest's network set by hand, or not. */
    public Access withNetworkFixed(boolean fixed) {
        return new Access(user, port, identity, publicKey, published, fixed);
    }

    /** The same user and port, with a one-time key. */
    Access withoutKeys() {
        return new Access(user, port, Optional.empty(), Optional.empty(), published, fixNetwork);
    }
}
