package io.jenkins.plugins.qemush.engine.vm.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
    @ParameterizedTest
    @CsvSource({
        "card= address=no server=yes listens=yes full=no, no network interface",
        "card=eth0 address=no server=no listens=no full=yes, interface eth0 has no address",
        "card=eth0 address=yes server=no listens=no full=yes, disk is full",
        "card=eth0 address=yes server=no listens=no full=no, No SSH server runs",
        "card=eth0 address=yes server=yes listens=no full=no, does not listen on port 22"
    })
    void firstThingMissingIsTheCause(String answer, String cause) {
        assertThat(Diagnosis.of(answer))
                .hasValueSatisfying(told -> assertThat(told).contains(cause));
    }

    @Test
    void guestThatLacksNothingHasNoCause() {
        assertThat(Diagnosis.of("card=eth0 address=yes server=yes listens=yes full=no"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"dash, ''", "bash, ''", "busybox, sh"})
    void everyShellAnswers(String shell, String applet) throws Exception {
        Process process = new ProcessBuilder(applet.isEmpty() ? List.of(shell) : List.of(shell, applet))
                .redirectErrorStream(true)
                .start();
        try (var typed = process.outputWriter()) {
            typed.write(String.join("\n", ConsoleScripts.diagnose()) + "\n");
        }
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .matches(Diagnosis.ANSWER);
    }
}
