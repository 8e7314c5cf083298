package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.guest.SshEndpoint;
import java.io.IOException;
import java.nio.file.Files;

/** The files of a run directory that let other SSH programs in: {@code ssh -F RUN_DIRECTORY/ssh_config NAME}. */
final class SshFiles {
    private SshFiles() {}

    static void write(RunDirectory directory, SshEndpoint endpoint, String user) throws IOException {
        Files.writeString(directory.knownHosts(), endpoint.knownHostsLine() + "\n");
        Files.writeString(
                directory.sshConfig(),
                """
                Host %s
                    HostName 127.0.0.1
                    Port %d
                    User %s
                    IdentityFile "%s"
                    IdentitiesOnly yes
                    UserKnownHostsFile "%s"
                    StrictHostKeyChecking yes
                """
                        .formatted(
                                directory.name(),
                                endpoint.port(),
                                user,
                                endpoint.privateKey(),
                                directory.knownHosts()));
    }
}
