package io.jenkins.plugins.qemush.engine.task;

import java.io.IOException;
import java.nio.file.Path;

/** The guests that tasks must run alike in: of all that differs, the shell matters. */
enum GuestKind {
    /** {@code sh} and all else is busybox there. */
    BUSYBOX {
        @Override
        LocalGuest start(Path agent, Path scratch) throws IOException, InterruptedException {
            return LocalGuest.withBusybox(agent, scratch.resolve("programs"));
        }
    },

    DASH {
        @Override
        LocalGuest start(Path agent, Path scratch) throws IOException, InterruptedException {
            return LocalGuest.withDash(agent);
        }
    };

    /**
     * @param agent the folder of the agent that the guest has its own of
     * @param scratch a folder for the guest's programs
     */
    abstract LocalGuest start(Path agent, Path scratch) throws IOException, InterruptedException;
}
