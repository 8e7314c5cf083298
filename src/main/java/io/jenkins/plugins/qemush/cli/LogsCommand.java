package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.supervisor.SupervisorLock;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh logs}: what a machine printed on its console. */
@Command(name = "logs", description = "Show a machine's console log.")
final class LogsCommand implements Callable<Integer> {
    private static final int POLL_MILLIS = 200;

    @Parameters(paramLabel = "NAME", description = "The machine.")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the machine ends.")
    private boolean follow;

    @Option(names = "--events", description = "The timeline instead, one JSON object a line.")
    private boolean events;

    @Override
    public Integer call() throws Exception {
        RunDirectory directory = RunRoot.ofUser().find(name);
        Path file = events ? directory.events() : directory.consoleLog();
        if (!Files.exists(file)) {
            return 0;
        }
        OutputStream out = StandardStreams.output();
        try (InputStream in = Files.newInputStream(file)) {
            boolean alive = follow;
            while (alive) {
                alive = SupervisorLock.isHeld(directory);
                in.transferTo(out);
                Thread.sleep(POLL_MILLIS);
            }
            in.transferTo(out);
        }
        return 0;
    }
}
