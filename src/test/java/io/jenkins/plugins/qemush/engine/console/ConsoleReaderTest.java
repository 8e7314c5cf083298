package io.jenkins.plugins.qemush.engine.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsoleReaderTest {
    private static final String HUNDRED =
            IntStream.rangeClosed(1, 100).mapToObj(i -> "line " + i).collect(Collectors.joining("\r\n")) + "\r\n";

    private static ConsolePage ask(String log, ConsoleQuery query) throws IOException {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        return query.ask(new ConsoleReader(() -> new ByteArrayInputStream(bytes)));
    }

    @Test
    void linesAreCountedFromOne() throws IOException {
        ConsolePage page = ask(HUNDRED, new ConsoleQuery.Lines(99, 5));
        assertThat(page.lines())
                .containsExactly(new ConsoleLine(99, "line 99", ""), new ConsoleLine(100, "line 100", ""));
        assertThat(page.atEnd()).isTrue();
    }

    @Test
    void pageGoesOnWhereTheLastOneEnded() throws IOException {
        ConsolePage first = ask(HUNDRED, new ConsoleQuery.Lines(1, 40));
        ConsolePage second = ask(HUNDRED, new ConsoleQuery.After(first.nextOffset(), first.nextLine()));
        assertThat(second.lines().get(0)).isEqualTo(new ConsoleLine(41, "line 41", ""));
        assertThat(second.lines()).hasSize(60);
    }

    @Test
    void readerStopsWhenNobodyWaits() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> ask(HUNDRED, new ConsoleQuery.End(10))).isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void promptWithoutAnEndOfLineIsTheRest() throws IOException {
        ConsolePage page = ask("one\nlogin: ", new ConsoleQuery.End(10));
        assertThat(page.rest()).isEqualTo("login: ");
        assertThat(page.nextOffset()).isEqualTo(4);
        assertThat(page.nextLine()).isEqualTo(2);
        ConsolePage grown = ask("one\nlogin: root\n", new ConsoleQuery.After(page.nextOffset(), page.nextLine()));
        assertThat(grown.lines()).containsExactly(new ConsoleLine(2, "login: root", ""));
    }

    @Test
    void endIsTheLastLines() throws IOException {
        assertThat(ask(HUNDRED, new ConsoleQuery.End(2)).lines())
                .extracting(ConsoleLine::number)
                .containsExactly(99L, 100L);
    }

    @Test
    void linesThatTellAVerdictAreMarked() throws IOException {
        ConsolePage page = ask(
                "fine\n[ 1.0] \u001b[31mKernel panic\u001b[0m - not syncing: test\n", new ConsoleQuery.Lines(1, 10));
        assertThat(page.lines().get(0).verdict()).isEmpty();
        assertThat(page.lines().get(1).verdict()).contains("panicked");
    }

    @Test
    void searchLooksThroughColoursAndCase() throws IOException {
        ConsolePage page = ask("nothing\na \u001b[1mFou\u001b[0mnd b\n", new ConsoleQuery.Search("FOUND"));
        assertThat(page.lines()).extracting(ConsoleLine::number).containsExactly(2L);
    }

    @Test
    void logThatBecameShorterIsReadFromItsBegin() throws IOException {
        assertThat(ask("new\n", new ConsoleQuery.After(5000, 90)).lines())
                .containsExactly(new ConsoleLine(1, "new", ""));
    }

    @Test
    void veryLongLineIsCut() throws IOException {
        ConsolePage page = ask("x".repeat(200_000) + "\nnext\n", new ConsoleQuery.Lines(1, 10));
        assertThat(page.lines().get(0).text()).hasSizeLessThan(9_000).endsWith("…");
        assertThat(page.lines().get(1)).isEqualTo(new ConsoleLine(2, "next", ""));
    }
}
