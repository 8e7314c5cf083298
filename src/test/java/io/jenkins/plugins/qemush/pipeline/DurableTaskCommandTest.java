package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DurableTaskCommandTest {
    private static final String CONTROL = "/home/j/workspace/a b@tmp/durable-1a2b3c4d";

    /** As BourneShellScript of durable-task 671 writes it, with its {@code $$} already undone. */
    private static final String STOCK = "(cp '" + CONTROL + "/script.sh' '" + CONTROL
            + "/script.sh.copy'; { while [ -d '"
            + CONTROL + "' -a \\! -f '" + CONTROL + "/jenkins-result.txt' ]; do touch '" + CONTROL
            + "/jenkins-log.txt'; sleep 3; done } & jsc=durable-0123; JENKINS_SERVER_COOKIE=$jsc 'sh' -xe  '" + CONTROL
            + "/script.sh.copy' > '" + CONTROL + "/jenkins-log.txt' 2>&1; echo $? > '" + CONTROL
            + "/jenkins-result.txt.tmp'; mv '" + CONTROL + "/jenkins-result.txt.tmp' '" + CONTROL
            + "/jenkins-result.txt'; wait) >&- 2>&- &";

    @Test
    void stockLaunchIsRecognisedAndKeptAsItIs() {
        assertThat(DurableTaskCommand.of(List.of("nohup", "sh", "-c", STOCK)))
                .contains(new DurableTaskCommand(CONTROL, STOCK));
    }

    @Test
    void launchWithDiagnosticsIsRecognised() {
        String plain = STOCK.substring(1, STOCK.indexOf(") >&-"));
        assertThat(DurableTaskCommand.of(List.of("nohup", "sh", "-c", plain)))
                .map(DurableTaskCommand::controlDirectory)
                .contains(CONTROL);
    }

    @Test
    void launchWithWordsInFrontIsAnother() {
        assertThat(DurableTaskCommand.of(List.of("docker", "exec", "c", "nohup", "sh", "-c", STOCK)))
                .isEmpty();
        assertThat(DurableTaskCommand.of(List.of("docker", "exec", "c", "/caches/monitor", "-controldir=" + CONTROL)))
                .isEmpty();
    }

    @Test
    void launchByTheHostsOwnProgramBecomesAScript() {
        List<String> launch = List.of(
                "/caches/durable_task_monitor_linux_64",
                "-controldir=" + CONTROL,
                "-result=" + CONTROL + "/jenkins-result.txt",
                "-log=" + CONTROL + "/jenkins-log.txt",
                "-cookiename=JENKINS_SERVER_COOKIE",
                "-cookieval=durable-0123",
                "-script=" + CONTROL + "/script.sh",
                "-shell=sh",
                "-output=" + CONTROL + "/output.txt",
                "-daemon");
        DurableTaskCommand command = DurableTaskCommand.of(launch).orElseThrow();
        assertThat(command.controlDirectory()).isEqualTo(CONTROL);
        assertThat(command.script())
                .doesNotContain("durable_task_monitor")
                .contains("jsc=durable-0123; JENKINS_SERVER_COOKIE=$jsc 'sh' -xe '" + CONTROL + "/script.sh.copy'")
                .contains("> '" + CONTROL + "/output.txt' 2> '" + CONTROL + "/jenkins-log.txt'")
                .contains("mv '" + CONTROL + "/jenkins-result.txt.tmp' '" + CONTROL + "/jenkins-result.txt'");
    }

    @Test
    void anyOtherCommandIsNone() {
        assertThat(DurableTaskCommand.of(List.of("git", "--version"))).isEmpty();
        assertThat(DurableTaskCommand.of(List.of("sh", "-c", "cp 'a/script.sh' b")))
                .isEmpty();
        assertThat(DurableTaskCommand.of(List.of("cat", "jenkins-result.txt"))).isEmpty();
    }
}
