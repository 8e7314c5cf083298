package io.jenkins.plugins.qemush.engine.supervisor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line in which somebody in the guest says that a program is not there.
 *
 * @param pattern of the whole line; its first group is the program, unless {@code program} is
 * @param program what is missing, where the line does not name it
 * @param example a line as it was seen
 */
record MissingProgram(Pattern pattern, Optional<String> program, String example) {
    private static final String NAME = "([A-Za-z][A-Za-z0-9.+-]{0,30})";

    static final List<MissingProgram> ALL = List.of(
            of("(?:.*: )?" + NAME + ": (?:command )?not found", "sh: 1: exec: cc: not found"),
            of(".*: command not found: " + NAME, "zsh:1: command not found: cc"),
            of(
                    "\\S*make(?:\\[\\d+\\])?: " + NAME + ": No such file or directory",
                    "make[1]: cc: No such file or directory"),
            of("\\S*env: .?" + NAME + ".?: No such file or directory", "/usr/bin/env: ‘cc’: No such file or directory"),
            of("\\S*env: can't execute '" + NAME + "': .*", "env: can't execute 'cc': No such file or directory"),
            of(NAME + ": must be suid to work properly", "su: must be suid to work properly"),
            new MissingProgram(
                    Pattern.compile("configure: error: .*no acceptable C compiler found.*"),
                    Optional.of("cc"),
                    "configure: error: in `/home/user': no acceptable C compiler found in $PATH"));

    private static MissingProgram of(String pattern, String example) {
        return new MissingProgram(Pattern.compile(pattern), Optional.empty(), example);
    }

    /** The programs that are said to be missing, in the order of the lines. They are the guest's words: plain names only. */
    static Stream<String> in(String output) {
        return output.lines()
                .map(String::strip)
                .flatMap(line -> ALL.stream().map(row -> row.programIn(line)).flatMap(Optional::stream))
                .distinct();
    }

    private Optional<String> programIn(String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? Optional.of(program.orElseGet(() -> matcher.group(1))) : Optional.empty();
    }
}
