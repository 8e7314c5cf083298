package io.jenkins.plugins.qemush.engine.guest;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a guest's SSH server is reached from this host, and how both sides prove who they are.
 *
 * @param port on 127.0.0.1
 * @param privateKey of a user who may log in as root
 * @param hostKey the server's key, {@code type base64}; any other key is refused
 * @param silence after this long without a sign of life the guest counts as lost
 */
public record SshEndpoint(int port, Path privateKey, String hostKey, Duration silence) {
    static final String HOST = "127.0.0.1";

    /** The endpoint's line for an OpenSSH {@code known_hosts} file. */
    public String knownHostsLine() {
        return "[" + HOST + "]:" + port + " " + hostKey;
    }
}
