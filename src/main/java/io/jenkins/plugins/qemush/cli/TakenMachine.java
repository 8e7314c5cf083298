package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.IOException;
import java.time.Duration;

/** A machine that stood by and was taken: it lives in a supervisor of its own, and ends with this process. */
final class TakenMachine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ControlClient client;
    private final Console console;
    private final Thread hook;

    TakenMachine(RunDirectory directory, Console console) {
        this.client = new ControlClient(directory);
        this.console = console;
        this.hook = new Thread(this::endOnSignal, "qemu-sh shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        if (console.verbosity() > 0) {
            console.info("took a machine that stood by: " + directory.name());
        }
    }

    ControlClient client() {
        return client;
    }

    private void endOnSignal() {
        console.goDown();
        try {
            client.stop(PATIENCE);
        } catch (IOException | InterruptedException e) {
            console.info("not ended cleanly: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        client.stop(PATIENCE);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is on its way out: the hook runs anyway, and finds nothing to do.
            console.goDown();
        }
    }
}
