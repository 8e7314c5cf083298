package io.jenkins.plugins.qemush.engine.standby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedLinesTest {
    @Test
    void lineIsToldAgainOnlyAfterAnother() {
        List<String> told = new ArrayList<>();
        ChangedLines lines = new ChangedLines(line -> told.add(line.replaceFirst("^\\S+ ", "")));

        List.of("full", "full", "full", "gone", "full").forEach(lines);

        assertThat(told).containsExactly("full", "gone", "full");
    }
}
