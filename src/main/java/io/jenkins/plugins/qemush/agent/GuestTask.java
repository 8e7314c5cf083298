package io.jenkins.plugins.qemush.agent;

import java.io.Serializable;
import java.util.Map;

/**
 * A durable task for the guest.
 *
 * @param controlDirectory where durable-task expects log and result, on the agent
 * @param directory where the script runs
 * @param script for {@code sh -c}
 * @param environment set for it
 * @param pathPrefix folders that go before the guest's PATH; empty for none
 */
public record GuestTask(
        String controlDirectory, String directory, String script, Map<String, String> environment, String pathPrefix)
        implements Serializable {

    /** Without the environment, which may hold secrets. */
    @Override
    public String toString() {
        return "task " + controlDirectory;
    }
}
