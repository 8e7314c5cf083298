package io.jenkins.plugins.qemush.engine.vm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The scripts that are typed into root's shell, by their lines. */
final class ConsoleScripts {
    private static final String CONSOLE_SETUP = "console-setup.sh";
    private static final String WAKE_SETUP = "wake-setup.sh";

    private ConsoleScripts() {}

    /** Makes the user and allows a key. */
    static List<String> consoleSetup() throws IOException {
        return lines(CONSOLE_SETUP);
    }

    /** Prepares a machine to be saved. */
    static List<String> wakeSetup() throws IOException {
        return lines(WAKE_SETUP);
    }

    /** Everything that has been typed into a machine when it is saved. */
    static List<String> all() throws IOException {
        List<String> all = new ArrayList<>(consoleSetup());
        all.addAll(wakeSetup());
        return all;
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = ConsoleScripts.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
