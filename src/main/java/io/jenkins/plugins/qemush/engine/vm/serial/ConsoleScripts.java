package io.jenkins.plugins.qemush.engine.vm.serial;

import io.jenkins.plugins.qemush.engine.guest.ScriptFile;
import java.util.ArrayList;
import java.util.List;

/** The scripts that are typed into root's shell, by their lines. */
public final class ConsoleScripts {
    private static final String CONSOLE_SETUP = "console-setup.sh";
    private static final String WAKE_SETUP = "wake-setup.sh";

    private ConsoleScripts() {}

    /** Asks why SSH does not answer. */
    static List<String> diagnose() {
        return lines("diagnose.sh");
    }

    /** Gives the network interface its address. */
    static List<String> fixNetwork() {
        return lines("fix-network.sh");
    }

    /** Makes the user and allows a key. */
    static List<String> consoleSetup() {
        return lines(CONSOLE_SETUP);
    }

    /** Prepares a machine to be saved. */
    static List<String> wakeSetup() {
        return lines(WAKE_SETUP);
    }

    /** Everything that has been typed into a machine when it is saved. */
    public static List<String> all() {
        List<String> all = new ArrayList<>(consoleSetup());
        all.addAll(wakeSetup());
        return all;
    }

    private static List<String> lines(String resource) {
        return ScriptFile.read(ConsoleScripts.class, resource)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
