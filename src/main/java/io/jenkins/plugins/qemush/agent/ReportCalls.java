package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.console.ConsolePage;
import io.jenkins.plugins.qemush.engine.console.ConsoleQuery;
import io.jenkins.plugins.qemush.engine.console.ConsoleReader;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What pages ask of a machine while it runs. */
final class ReportCalls {
    /** A machine with 10 000 commands stays below. */
    private static final int MOST_EVENTS = 4 << 20;

    private ReportCalls() {}

    record AskConsole(String directory, ConsoleQuery query) implements AgentCalls.Call<ConsolePage> {
        @Override
        public ConsolePage run() throws IOException {
            Path log = AgentCalls.at(directory).consoleLog();
            try {
                return query.ask(new ConsoleReader(() -> Files.newInputStream(log)));
            } catch (NoSuchFileException e) {
                // QEMU has not opened it yet, or the machine is gone; whoever asks knows.
                return query.withoutLog();
            }
        }
    }

    /** The lines of the timeline; empty when there is none yet. */
    record ReadEvents(String directory) implements AgentCalls.Call<String> {
        @Override
        public String run() throws IOException {
            RunDirectory run = AgentCalls.at(directory);
            try (InputStream in = Files.newInputStream(run.events())) {
                return new String(in.readNBytes(MOST_EVENTS), StandardCharsets.UTF_8);
            } catch (NoSuchFileException e) {
                return "";
            }
        }
    }
}
