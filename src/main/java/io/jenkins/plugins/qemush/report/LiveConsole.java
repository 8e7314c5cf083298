package io.jenkins.plugins.qemush.report;

import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.engine.console.ConsolePage;
import io.jenkins.plugins.qemush.engine.console.ConsoleQuery;
import java.io.IOException;
import java.io.InputStream;

/**
 * The console of a machine that runs, in its run directory.
 *
 * @param node empty for the built-in one
 * @param directory on the node
 */
public record LiveConsole(String node, String directory) implements ConsoleText {
    @Override
    public ConsolePage ask(ConsoleQuery query) throws IOException, InterruptedException {
        return Agent.named(node).console(directory, query);
    }

    @Override
    public InputStream open() throws IOException, InterruptedException {
        return Agent.named(node).file(directory, "console.log").read();
    }

    @Override
    public boolean isLive() {
        return true;
    }
}
