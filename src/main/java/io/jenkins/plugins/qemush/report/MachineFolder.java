package io.jenkins.plugins.qemush.report;

import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a build keeps of one machine: small files in {@code <build>/qemu-sh/<machine>}. Other versions may have written
 * less or more; a file that is missing or damaged costs what was in it, never the page.
 */
record MachineFolder(Path path) {
    private static final Logger LOGGER = Logger.getLogger(MachineFolder.class.getName());
    private static final String FACTS = "machine.json";
    private static final String QEMU = "qemu.txt";
    private static final String END = "end.json";
    private static final String MOMENTS = "moments.jsonl";
    private static final String EVENTS = "events.jsonl";

    void create(MachineFacts facts) throws IOException {
        Files.createDirectories(path);
        EngineJson.write(path.resolve(FACTS), facts);
    }

    MachineFacts facts() {
        return read(FACTS, MachineFacts.class).orElse(MachineFacts.UNKNOWN);
    }

    void qemu(String commandLine) throws IOException {
        Files.writeString(path.resolve(QEMU), commandLine);
    }

    /** QEMU's command line; empty until it runs. */
    String qemu() {
        return text(QEMU);
    }

    void end(MachineEnd end) throws IOException {
        EngineJson.write(path.resolve(END), end);
    }

    Optional<MachineEnd> end() {
        return read(END, MachineEnd.class);
    }

    void add(TimelineEvent moment) throws IOException {
        Files.createDirectories(path);
        Files.writeString(path.resolve(MOMENTS), moment.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    String moments() {
        return text(MOMENTS);
    }

    /** The agent's events, once the machine is gone. */
    void events(String lines) throws IOException {
        Files.writeString(path.resolve(EVENTS), lines);
    }

    String events() {
        return text(EVENTS);
    }

    private <T> Optional<T> read(String file, Class<T> type) {
        try {
            return Files.exists(path.resolve(file))
                    ? Optional.ofNullable(EngineJson.read(path.resolve(file), type))
                    : Optional.empty();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot read " + path.resolve(file), e);
            return Optional.empty();
        }
    }

    private String text(String file) {
        try {
            return Files.exists(path.resolve(file)) ? Files.readString(path.resolve(file)) : "";
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot read " + path.resolve(file), e);
            return "";
        }
    }
}
