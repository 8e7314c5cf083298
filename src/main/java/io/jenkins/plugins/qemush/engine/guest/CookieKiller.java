package io.jenkins.plugins.qemush.engine.guest;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends processes in the guest by a variable in their environment: children that left their session or lost their parent
 * are found all the same.
 */
public final class CookieKiller {
    /** One grep over all of /proc: a fork costs a guest under TCG some 10 ms, and there are a hundred processes. -z: busybox sees no further than the first NUL without. */
    private static final String SCRIPT =
            """
            marked() { grep -lszxF -e "$1" /proc/[0-9]*/environ | cut -d/ -f3; }
            pids=$(marked "$1")
            [ -n "$pids" ] || exit 1
            kill -TERM $pids 2>/dev/null
            tenths=0
            pause() { if sleep 0.1 2>/dev/null; then tenths=$((tenths+1)); else sleep 1; tenths=$((tenths+10)); fi; }
            while [ -n "$(marked "$1")" ] && [ $tenths -lt 20 ]; do pause; done
            kill -KILL $(marked "$1") 2>/dev/null
            exit 0
            """;

    private final GuestShell shell;

    public CookieKiller(GuestShell shell) {
        this.shell = shell;
    }

    /**
     * Sends TERM, and KILL to what is left after two seconds.
     *
     * @param variable {@code NAME=value}
     * @return whether any process had it
     */
    public boolean kill(String variable) throws IOException, InterruptedException {
        OutputStream nowhere = OutputStream.nullOutputStream();
        return shell.run(GuestCommand.rootScript(SCRIPT, variable), GuestStreams.output(nowhere, nowhere)) == 0;
    }
}
