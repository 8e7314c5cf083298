package io.jenkins.plugins.qemush.engine.vm.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleLogTest {
    @TempDir
    private Path folder;

    private ConsoleLog log(String text) throws IOException {
        return new ConsoleLog(Files.writeString(folder.resolve("console.log"), text));
    }

    @Test
    void missingLogIsEmpty() throws IOException {
        assertThat(new ConsoleLog(folder.resolve("none")).excerpt()).isEmpty();
    }

    @Test
    void withoutACrashTheLastLinesAreShown() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("line ").append(i).append("\r\n");
        }

        assertThat(log(text.toString()).excerpt().lines()).hasSize(20).endsWith("line 999");
    }

    @Test
    void crashIsShownWithWhatStandsAroundIt() throws IOException {
        String text =
                "early\n".repeat(100) + "before\nKernel panic - not syncing: x\nCall trace:\n" + "late\n".repeat(100);

        assertThat(log(text).excerpt()).contains("before\nKernel panic - not syncing: x\nCall trace:\nlate");
        assertThat(log(text).excerpt().lines()).hasSizeLessThan(40);
    }

    @Test
    void firstOfSeveralCrashesIsShown() throws IOException {
        String text = "kernel BUG at a.c:1!\n" + "x\n".repeat(200) + "Kernel panic - not syncing: Fatal exception\n";

        assertThat(log(text).excerpt()).contains("kernel BUG at a.c:1!").doesNotContain("Kernel panic");
    }

    @Test
    void onlyTheEndOfAHugeLogIsRead() throws IOException {
        assertThat(log("x".repeat(99) + "\n" + "y".repeat(50 << 20) + "\nlast\n")
                        .tail())
                .endsWith("last");
    }

    @ParameterizedTest
    @CsvSource({
        "'\u001b[1;31mred\u001b[0m', red",
        "'\u001b[?25lhidden\u001b[K', hidden",
        "'\u001b]0;title\u0007text', text",
        "'\u001b]0;title\u001b\\text', text",
        "'\u001b(Btext\u001b=', text",
        "'\u009b31mred', red",
        "'a\u0007\u0008\u0000b\u007f', ab",
        "'tab\tstays', 'tab\tstays'",
        "'größe 日本', größe 日本"
    })
    void whatWouldUpsetATerminalIsTakenOut(String printed, String shown) throws IOException {
        assertThat(log(printed + "\n").tail()).isEqualTo(shown);
    }
}
