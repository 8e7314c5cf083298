package io.jenkins.plugins.qemush.engine.console;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** A question to a console log. */
public sealed interface ConsoleQuery extends Serializable {
    /** The most lines of one answer. */
    int MOST_LINES = 2_000;

    ConsolePage ask(ConsoleReader log) throws IOException;

    /** The answer while there is no log, or none any more. */
    default ConsolePage withoutLog() {
        return ConsolePage.EMPTY;
    }

    /**
     * Lines from a certain one on.
     *
     * @param first from 1
     */
    record Lines(long first, int count) implements ConsoleQuery {
        public Lines {
            first = Math.max(1, first);
            count = bounded(count);
        }

        @Override
        public ConsolePage ask(ConsoleReader log) throws IOException {
            return log.lines(first, count);
        }
    }

    /** The last lines. */
    record End(int count) implements ConsoleQuery {
        public End {
            count = bounded(count);
        }

        @Override
        public ConsolePage ask(ConsoleReader log) throws IOException {
            return log.end(count);
        }
    }

    /**
     * What was written since a page was read.
     *
     * @param offset the page's {@link ConsolePage#nextOffset}
     * @param line its {@link ConsolePage#nextLine}
     */
    record After(long offset, long line) implements ConsoleQuery {
        public After {
            offset = Math.max(0, offset);
            line = Math.max(1, line);
        }

        @Override
        public ConsolePage ask(ConsoleReader log) throws IOException {
            return log.after(offset, line, MOST_LINES);
        }

        /** Whoever asks has what came before: it goes on there when the log is found elsewhere. */
        @Override
        public ConsolePage withoutLog() {
            return new ConsolePage(List.of(), "", offset, line, true);
        }
    }

    /** The lines with a text in them, upper or lower case. */
    record Search(String text) implements ConsoleQuery {
        @Override
        public ConsolePage ask(ConsoleReader log) throws IOException {
            return log.search(text, MOST_LINES);
        }
    }

    private static int bounded(int count) {
        return Math.max(1, Math.min(count, MOST_LINES));
    }
}
