package io.jenkins.plugins.qemush.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.console.AnsiText.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnsiTextTest {
    @Test
    void coloursBecomeStyles() {
        assertThat(new AnsiText().spans("\u001b[1;31mbad\u001b[0m rest"))
                .containsExactly(new Span("bad", "bold red"), new Span(" rest", ""));
    }

    @Test
    void styleGoesOnInTheNextLine() {
        AnsiText ansi = new AnsiText();
        ansi.spans("\u001b[32mfirst");
        assertThat(ansi.spans("second")).containsExactly(new Span("second", "green"));
    }

    @Test
    void coloursByNumberAreLeftOutWithTheirParameters() {
        assertThat(new AnsiText().spans("\u001b[38;5;196;1mtext\u001b[48;2;1;2;3mmore"))
                .containsExactly(new Span("text", "bold"), new Span("more", "bold"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2Jtext",
                "\u001b]0;title\u0007text",
                "\u001b]8;;javascript:alert(1)\u001b\\text",
                "\u001b(Btext",
                "\u0000\u0008text",
                "\u001b[?25ltext"
            })
    void everyOtherSequenceIsLeftOut(String line) {
        assertThat(AnsiText.plain(line)).isEqualTo("text");
        assertThat(new AnsiText().spans(line)).extracting(Span::text).containsExactly("text");
    }

    @Test
    void textThatTurnsItsDirectionIsShownAsWhatItIs() {
        assertThat(AnsiText.plain("a\u202eb")).isEqualTo("a\ufffdb");
    }

    @Test
    void markupStaysText() {
        assertThat(new AnsiText().spans("<script>alert(1)</script>"))
                .containsExactly(new Span("<script>alert(1)</script>", ""));
    }
}
