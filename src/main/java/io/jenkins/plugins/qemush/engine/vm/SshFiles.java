package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.guest.SshEndpoint;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The files of a run directory that let other SSH programs in: {@code ssh -F RUN_DIRECTORY/ssh_config NAME}. */
final class SshFiles {
    private SshFiles() {}

    static void write(RunDirectory directory, SshEndpoint endpoint, String user) throws IOException {
        Files.writeString(directory.knownHosts(), endpoint.knownHostsLine() + "\n");
        Files.write(
                directory.sshConfig(),
                List.of(
                        "Host " + directory.name(),
                        "    HostName 127.0.0.1",
                        "    Port " + endpoint.port(),
                        "    User " + user,
                        "    IdentityFile \"" + endpoint.privateKey() + "\"",
                        "    IdentitiesOnly yes",
                        "    UserKnownHostsFile \"" + directory.knownHosts() + "\"",
                        "    StrictHostKeyChecking yes"));
    }
}
