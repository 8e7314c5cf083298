package io.jenkins.plugins.qemush.engine.vm.verdict;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/** Reads the console as it grows, line by line, and tells of the first line of each severity that is a {@link CrashPattern}. */
public final class CrashDetector {
    /** Longer lines are no kernel messages; they are looked at in pieces. */
    private static final int LONGEST_LINE = 4096;

    /** Of a console, in characters. A guest that boots prints some ten thousand; the log is read by people, and archived. */
    private static final long MOST = 256L << 20;

    private static final Verdict TOO_MUCH = new Verdict(
            "The guest has printed more than " + (MOST >> 20)
                    + " MB on its console, which no reader would read: something there goes on without end.",
            CrashPattern.Severity.FATAL);

    private final Consumer<Verdict> onFatal;
    private final StringBuilder line = new StringBuilder();
    private long printed;
    private boolean fatalSeen;
    private Verdict lastSuspect;
    private int suspects;

    /** @param onFatal told once, on the console's thread */
    public CrashDetector(Consumer<Verdict> onFatal) {
        this.onFatal = onFatal;
    }

    /** Takes what the console printed. */
    public synchronized void accept(String text) {
        printed += text.length();
        if (printed > MOST) {
            tell(TOO_MUCH);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' || line.length() >= LONGEST_LINE) {
                examine();
                line.setLength(0);
            } else {
                line.append(c);
            }
        }
    }

    private void examine() {
        if (line.isEmpty()) {
            return;
        }
        Optional<Verdict> verdict = verdictOn(line.toString());
        if (verdict.isEmpty()) {
            return;
        }
        if (!verdict.get().isFatal()) {
            lastSuspect = verdict.get();
            suspects++;
        } else {
            tell(verdict.get());
        }
    }

    private void tell(Verdict verdict) {
        if (!fatalSeen) {
            fatalSeen = true;
            onFatal.accept(verdict);
        }
    }

    /** What one line says. */
    static Optional<Verdict> verdictOn(String line) {
        for (CrashPattern crash : CrashPattern.ALL) {
            Matcher matcher = crash.pattern().matcher(line);
            if (matcher.find()) {
                String detail = matcher.groupCount() > 0 ? matcher.group(1).strip() : "";
                return Optional.of(new Verdict(crash.verdict().formatted(detail), crash.severity()));
            }
        }
        return Optional.empty();
    }

    /** How many lines were no proof of a crash, but may explain a failed command. */
    public synchronized int suspects() {
        return suspects;
    }

    /** The last of these lines, when there were more than {@code before}. */
    public synchronized Optional<Verdict> suspectAfter(int before) {
        return suspects > before ? Optional.of(lastSuspect) : Optional.empty();
    }
}
