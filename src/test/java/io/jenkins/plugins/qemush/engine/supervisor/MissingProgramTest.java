package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingProgramTest {
    static Stream<MissingProgram> rows() {
        return MissingProgram.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void exampleIsUnderstoodByItsOwnRowAlone(MissingProgram row) {
        assertThat(MissingProgram.ALL.stream()
                        .filter(other -> other.pattern().matcher(row.example()).matches()))
                .containsExactly(row);
        assertThat(MissingProgram.in(row.example()))
                .containsExactly(row.example().startsWith("su") ? "su" : "cc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cc: not found",
                "sh: cc: not found",
                "sh: 7: cc: not found",
                "/home/user/script.sh.copy: 1: cc: not found",
                "bash: line 1: cc: command not found",
                "sudo: cc: command not found",
                "/bin/sh: 1: cc: not found\r",
                "make: cc: No such file or directory",
                "gmake[2]: cc: No such file or directory",
                "env: 'cc': No such file or directory"
            })
    void shellsAndToolsAreUnderstood(String line) {
        assertThat(MissingProgram.in("cc -o x x.c\n" + line + "\nmake: *** [Makefile:3: x] Error 127\n"))
                .containsExactly("cc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checking for cc... no",
                "cat: cc: No such file or directory",
                "make: *** No rule to make target 'cc'.  Stop.",
                "sh: 1: ./configure: not found",
                "sh: 1: cc -o x: not found",
                "sh: 1: \u001b[31mcc: not found",
                ""
            })
    void otherLinesNameNoProgram(String line) {
        assertThat(MissingProgram.in(line)).isEmpty();
    }

    @Test
    void programsComeInTheOrderOfTheirLines() {
        assertThat(MissingProgram.in("sh: 1: make: not found\nsh: 2: cc: not found\nsh: 3: make: not found\n"))
                .containsExactly("make", "cc");
    }
}
