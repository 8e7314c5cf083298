package io.jenkins.plugins.qemush.engine.standby;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which process an order is for: one that was started otherwise leaves the order to another.
 *
 * @param engine the folder of the engine's jars
 * @param environment the variables by which the engine finds images, states and memory
 */
public record StandbyServer(Path engine, Map<String, String> environment) {
    private static final String OURS = "QEMU_SH_";

    /** A process with that environment. */
    public static StandbyServer of(Path engine, Map<String, String> environment) {
        Map<String, String> ours = new TreeMap<>(environment);
        ours.keySet().removeIf(variable -> !variable.startsWith(OURS));
        return new StandbyServer(engine, ours);
    }

    boolean isThisProcess() {
        String[] jars = System.getProperty("java.class.path").split(File.pathSeparator);
        return Path.of(jars[0]).startsWith(engine)
                && environment.equals(of(engine, System.getenv()).environment());
    }
}
