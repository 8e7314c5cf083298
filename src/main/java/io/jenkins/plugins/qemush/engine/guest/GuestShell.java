package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;

/** Runs commands in a guest. Safe for use by several threads at once. */
public interface GuestShell {

    /**
     * Runs a command and waits for its end.
     *
     * <p>An interrupt ends the command in the guest as well.
     *
     * @return the command's exit status as a shell would say it: 128 + n when signal n ended it
     * @throws IOException when the connection was lost before the guest told an exit status: never a success
     */
    int run(GuestCommand command, GuestStreams streams) throws IOException, InterruptedException;
}
