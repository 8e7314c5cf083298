package io.jenkins.plugins.qemush.engine.vm.verdict;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The console log for people: its last lines, or those around a verdict, with what would upset a terminal taken out.
 *
 * @param file may not exist yet
 */
public record ConsoleLog(Path file) {
    private static final int LINES = 20;
    private static final int BEFORE_VERDICT = 5;
    private static final int AFTER_VERDICT = 25;
    private static final int READ = 256 * 1024;

    /** The lines around the first fatal one, else around the last suspect one, else the last lines. */
    public String excerpt() throws IOException {
        List<String> lines = lines();
        int telling = -1;
        for (int i = 0; i < lines.size(); i++) {
            Optional<Verdict> verdict = CrashDetector.verdictOn(lines.get(i));
            if (verdict.isPresent()) {
                telling = i;
                if (verdict.get().isFatal()) {
                    break;
                }
            }
        }
        if (telling < 0) {
            return tail();
        }
        int from = Math.max(0, telling - BEFORE_VERDICT);
        return join(lines.subList(from, Math.min(lines.size(), telling + AFTER_VERDICT)));
    }

    /** The last lines. */
    public String tail() throws IOException {
        List<String> lines = lines();
        return join(lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    /** What one line says of the machine, in a sentence; empty for most lines. */
    public static Optional<String> verdictOn(String line) {
        return CrashDetector.verdictOn(line).map(Verdict::sentence);
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            int size = (int) Math.min(log.length(), READ);
            byte[] bytes = new byte[size];
            log.seek(log.length() - size);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(ConsoleLog::printable)
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }

    /** Without escape sequences (ECMA-48) and other control characters: a guest is not trusted with a terminal. */
    private static String printable(String line) {
        return line.replaceAll(
                        "(?:\u001b\\[|\u009b)[0-9:;<=>?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|\u001b[ -/]*[0-~]",
                        "")
                .replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f]", "");
    }

    private static String join(List<String> lines) {
        return String.join("\n", lines);
    }
}
