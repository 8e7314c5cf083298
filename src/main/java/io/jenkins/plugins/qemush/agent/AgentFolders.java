package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Where things lie on agents, as the configuration has it. An agent whose own environment says otherwise has it its own
 * way.
 *
 * @param home of images and saved states; null for that of the agent's user
 * @param runs what the paths of the folders of run directories begin with; null for the usual one
 */
public record AgentFolders(String home, String runs) implements Serializable {
    private static final String HOME = "QEMU_SH_HOME";
    private static final String RUNS = "QEMU_SH_RUN";

    /** Where the configuration is asked for them. */
    @FunctionalInterface
    public interface Source {
        AgentFolders agentFolders();
    }

    /** The agent's environment, with these folders where it names none. */
    Map<String, String> over(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        put(all, HOME, home);
        put(all, RUNS, runs);
        return all;
    }

    /** The store of images of the agent that this runs on. */
    ImageStore store() {
        return new ImageStore(QemuShHome.images(over(System.getenv())));
    }

    /** The saved states there. */
    SavedStates states() {
        return SavedStates.in(over(System.getenv()));
    }

    private static void put(Map<String, String> environment, String variable, String value) {
        if (value != null && environment.getOrDefault(variable, "").isEmpty()) {
            environment.put(variable, value);
        }
    }
}
