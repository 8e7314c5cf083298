package io.jenkins.plugins.qemush.engine.console;

import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers questions to one console log, each in one pass: 50 MB take a tenth of a second, and nothing is kept. */
public final class ConsoleReader {
    private final Source source;

    /** Where the log comes from. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    public ConsoleReader(Source source) {
        this.source = source;
    }

    ConsolePage lines(long first, int count) throws IOException {
        try (InputStream in = source.open()) {
            LineStream lines = new LineStream(in, 0, 1);
            lines.skipTo(first);
            return page(lines, count);
        }
    }

    ConsolePage after(long offset, long line, int count) throws IOException {
        try (InputStream in = source.open()) {
            in.skipNBytes(offset);
            return page(new LineStream(in, offset, line), count);
        } catch (EOFException e) {
            // Another log is there than the one that was asked before, a shorter one.
            return lines(1, count);
        }
    }

    private static ConsolePage page(LineStream lines, int count) throws IOException {
        List<ConsoleLine> page = new ArrayList<>();
        while (page.size() < count) {
            long number = lines.number();
            Optional<String> text = lines.next();
            if (text.isEmpty()) {
                return new ConsolePage(page, lines.rest(), lines.offset(), lines.number(), true);
            }
            page.add(line(number, text.get()));
        }
        return new ConsolePage(page, "", lines.offset(), lines.number(), false);
    }

    ConsolePage end(int count) throws IOException {
        Deque<ConsoleLine> last = new ArrayDeque<>();
        try (InputStream in = source.open()) {
            LineStream lines = new LineStream(in, 0, 1);
            for (Optional<String> text = lines.next(); text.isPresent(); text = lines.next()) {
                last.addLast(new ConsoleLine(lines.number() - 1, text.get(), ""));
                if (last.size() > count) {
                    last.removeFirst();
                }
            }
            List<ConsoleLine> judged =
                    last.stream().map(line -> line(line.number(), line.text())).toList();
            return new ConsolePage(judged, lines.rest(), lines.offset(), lines.number(), true);
        }
    }

    ConsolePage search(String text, int limit) throws IOException {
        String wanted = text.toLowerCase(Locale.ROOT);
        List<ConsoleLine> found = new ArrayList<>();
        try (InputStream in = source.open()) {
            LineStream lines = new LineStream(in, 0, 1);
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (AnsiText.withoutColours(line.get()).toLowerCase(Locale.ROOT).contains(wanted)) {
                    found.add(line(lines.number() - 1, line.get()));
                }
                if (found.size() == limit) {
                    return new ConsolePage(found, "", lines.offset(), lines.number(), false);
                }
            }
            return new ConsolePage(found, "", lines.offset(), lines.number(), true);
        }
    }

    private static ConsoleLine line(long number, String text) {
        String plain = AnsiText.plain(text);
        // The kernel ends a report by repeating its first line.
        String verdict =
                plain.contains("---[ end ") ? "" : ConsoleLog.verdictOn(plain).orElse("");
        return new ConsoleLine(number, text, verdict);
    }
}
