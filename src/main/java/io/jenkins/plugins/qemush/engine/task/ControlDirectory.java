package io.jenkins.plugins.qemush.engine.task;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The agent's half of a control directory, which Jenkins reads. Several threads write; once the result is there nothing
 * changes any more.
 */
final class ControlDirectory {
    private static final String LOG = "jenkins-log.txt";
    private static final String OUTPUT = "output.txt";
    private static final String RESULT = "jenkins-result.txt";

    private static final Set<String> WRITTEN_HERE = Set.of(LOG, OUTPUT, RESULT);

    /** Bytes of each file; some dozen lines. */
    private static final int LAST_WORDS = 4096;

    private final Path path;
    private boolean concluded;

    private ControlDirectory(Path path) {
        this.path = path;
    }

    static ControlDirectory of(String path) throws HostFailure {
        try {
            ControlDirectory directory = new ControlDirectory(Path.of(path));
            if (directory.path.isAbsolute() && Files.isDirectory(directory.path)) {
                return directory;
            }
        } catch (InvalidPathException e) {
            throw new HostFailure(
                    "The control directory's name cannot be used: " + e.getMessage(),
                    "Start the agent with a UTF-8 locale, LC_ALL=C.UTF-8 for instance.",
                    e);
        }
        throw new HostFailure(
                "There is no control directory " + path + ".", "Start the machine on the node that runs the step.");
    }

    Path path() {
        return path;
    }

    /** What durable-task has put there for the command. */
    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !WRITTEN_HERE.contains(PathParts.name(file).toString()))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Makes the files that Jenkins reads at a result, whoever writes it: where one is missing, Jenkins takes the agent for
     * lost and asks again without end. The shell's redirections make them before the command, too.
     *
     * @param captures whether the command's output is kept apart from the log
     */
    void begin(boolean captures) throws IOException {
        touchLog();
        if (captures) {
            appendOutput(new byte[0], 0, 0);
        }
    }

    /** Whether Jenkins has removed it. */
    boolean isGone() {
        return Files.notExists(path);
    }

    /** How much of the log has arrived. Nothing else is kept of a transfer. */
    long logSize() throws IOException {
        return size(LOG);
    }

    long outputSize() throws IOException {
        return size(OUTPUT);
    }

    /** The end of what the command said, in both files. */
    String lastWords() throws IOException {
        return end(LOG) + "\n" + end(OUTPUT);
    }

    private String end(String name) throws IOException {
        long size = size(name);
        if (size == 0) {
            return "";
        }
        try (SeekableByteChannel file = Files.newByteChannel(path.resolve(name))) {
            file.position(Math.max(0, size - LAST_WORDS));
            return new String(Channels.newInputStream(file).readNBytes(LAST_WORDS), StandardCharsets.UTF_8);
        }
    }

    private long size(String name) throws IOException {
        Path file = path.resolve(name);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    void appendLog(byte[] bytes, int offset, int length) throws IOException {
        append(LOG, bytes, offset, length);
    }

    void appendOutput(byte[] bytes, int offset, int length) throws IOException {
        append(OUTPUT, bytes, offset, length);
    }

    private synchronized void append(String name, byte[] bytes, int offset, int length) throws IOException {
        if (concluded) {
            return;
        }
        try (var file =
                Files.newOutputStream(path.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            file.write(bytes, offset, length);
        }
    }

    /** Tells Jenkins that the command lives. */
    synchronized void touchLog() throws IOException {
        if (concluded) {
            return;
        }
        append(LOG, new byte[0], 0, 0);
        Files.setLastModifiedTime(path.resolve(LOG), FileTime.from(Instant.now()));
    }

    /** Puts a line into the log that changes nothing of the result. */
    void warn(String line) throws IOException {
        byte[] bytes = ("qemu-sh: warning: " + line + "\n").getBytes(StandardCharsets.UTF_8);
        appendLog(bytes, 0, bytes.length);
    }

    /** Puts a failure into the log, for whoever reads the build's. */
    void note(QemuShException failure) throws IOException {
        String text = "\nqemu-sh: " + failure.getMessage() + "\n" + failure.help() + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        appendLog(bytes, 0, bytes.length);
    }

    /** Writes the result, which ends the step for Jenkins. Only the first counts. */
    synchronized void conclude(int status) throws IOException {
        if (concluded) {
            return;
        }
        Path part = path.resolve(RESULT + ".tmp");
        Files.writeString(part, status + "\n");
        Files.move(part, path.resolve(RESULT), StandardCopyOption.ATOMIC_MOVE);
        concluded = true;
    }
}
