package io.jenkins.plugins.qemush.engine.task;

import java.util.Map;

/**
 * A command of Jenkins' {@code sh} step.
 *
 * @param controlDirectory durable-task's, absolute; there on the agent, and made at the same path in the guest
 * @param directory where the command runs in the guest, absolute; made when missing
 * @param script what durable-task gives to {@code sh -c}, as that shell is to see it
 * @param environment set on top of the user's own. Names that no shell can export are left out, as {@code sh} itself
 *     leaves them out of what it runs. May hold secrets
 * @param pathPrefix put before the guest's PATH with a colon; empty for nothing
 * @param user who runs it
 */
public record TaskRequest(
        String controlDirectory,
        String directory,
        String script,
        Map<String, String> environment,
        String pathPrefix,
        String user) {

    public TaskRequest {
        environment = Map.copyOf(environment);
    }

    /** Whether the step takes the output as its value ({@code returnStdout}), so that it does not go into the log. */
    boolean capturesOutput() {
        return script.contains("/output.txt'");
    }

    /** Without the environment: this may end up in a log. */
    @Override
    public String toString() {
        return "task " + controlDirectory + " of " + user;
    }
}
