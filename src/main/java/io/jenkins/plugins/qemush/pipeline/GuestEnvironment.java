package io.jenkins.plugins.qemush.pipeline;

import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of a step's environment that is meant for the guest: what the build and the Pipeline set, without what the
 * agent's own environment says, which would be wrong in another machine.
 *
 * @param variables what to export
 * @param pathPrefix folders to be searched before the guest's own PATH; empty for none
 */
record GuestEnvironment(Map<String, String> variables, String pathPrefix) {
    private static final String PATH = "PATH";

    /**
     * @param agent the agent's own environment
     * @param step the whole environment of the step, which Jenkins lays over the agent's
     */
    static GuestEnvironment difference(AgentEnvironment agent, Map<String, String> step) {
        Map<String, String> variables = new TreeMap<>();
        step.forEach((name, value) -> {
            if (ShellQuote.isVariable(name) && !agent.says(name, value)) {
                variables.put(name, value);
            }
        });
        // withEnv(['PATH+X=...']) and the like put folders before the agent's PATH: they go before the guest's instead.
        String tail = ":" + agent.path();
        String path = variables.getOrDefault(PATH, "");
        if (!path.endsWith(tail)) {
            return new GuestEnvironment(variables, "");
        }
        variables.remove(PATH);
        return new GuestEnvironment(variables, path.substring(0, path.length() - tail.length()));
    }

    /** A line of shell that puts the prefix before the PATH that is there. */
    String pathLine() {
        return pathPrefix.isEmpty() ? "" : "PATH=" + ShellQuote.word(pathPrefix) + ":\"$PATH\"; export PATH; ";
    }
}
