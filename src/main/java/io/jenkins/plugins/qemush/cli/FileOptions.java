package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.vm.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The flags that bring files into the guest and back. */
final class FileOptions {
    @Option(
            names = "--sync",
            paramLabel = "DIR",
            description = "A folder that enters the guest; its changes come back.")
    private Path folder;

    /** Whether the machine needs the workspace's disk. */
    boolean wantDisk() {
        return folder != null;
    }

    /** Runs the command with the files around it; returns its exit status. */
    int around(Supervisor supervisor, Console console, GuestCommand command, GuestStreams streams)
            throws IOException, InterruptedException {
        return supervisor.execute(command, streams);
    }
}
