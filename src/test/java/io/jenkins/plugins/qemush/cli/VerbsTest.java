package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class VerbsTest {
    @Command(name = "program")
    private static final class Program {}

    private static CommandLine line(String... arguments) {
        Verbs verbs = new Verbs(new Console(System.err));
        CommandLine line = new CommandLine(new Program(), verbs);
        verbs.addTo(line, arguments);
        return line;
    }

    @Test
    void wantedVerbAloneIsSetUp() {
        assertThat(line("run", "--arch", "arm").getSubcommands()).containsOnlyKeys("run");
    }

    @Test
    void allVerbsAreThereForWhoeverAsksWhichThereAre() {
        assertThat(line("--help").getSubcommands()).containsKeys("run", "image", "doctor");
        assertThat(line().getSubcommands()).hasSameSizeAs(line("rum").getSubcommands());
        assertThat(line("completion").getSubcommands()).containsKeys("run", "completion");
    }

    @Test
    void rehearsalIsNothingForUsers() {
        CommandLine line = line("--help");

        assertThat(line.getSubcommands()).containsKey("rehearse");
        assertThat(line.getUsageMessage()).contains("run").doesNotContain("rehearse");
        assertThat(AutoComplete.bash("qemu-sh", line)).contains("run").doesNotContain("rehearse");
    }
}
