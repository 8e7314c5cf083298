package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The shell scripts beside this class, ready to be run in a guest as root. */
enum GuestScripts {
    COPY_IN("copy-in.sh"),
    COPY_OUT("copy-out.sh"),
    ENTER_DISK("enter-disk.sh"),
    ENTER_EMPTY("enter-empty.sh"),
    PULL("pull.sh"),
    PUSH("push.sh");

    private static final String SHARED = "lib.sh";

    private final String file;

    GuestScripts(String file) {
        this.file = file;
    }

    GuestCommand with(String... parameters) throws IOException {
        return GuestCommand.rootScript(read(SHARED) + read(file), parameters);
    }

    private static String read(String name) throws IOException {
        try (InputStream script = GuestScripts.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new FileNotFoundException(name + " is missing beside " + GuestScripts.class.getName());
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
