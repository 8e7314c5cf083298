package io.jenkins.plugins.qemush.engine.vm.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
    private static final String WELL =
            "card=eth0 virtio=yes address=yes route=yes readonly=no full=no keys=yes listens=yes"
                    + " server=yes wall=no ports=22 words=";

    @ParameterizedTest
    @CsvSource({
        "card=, virtio=yes, has no driver for it",
        "card=, virtio=no, no driver for the network card or for its bus",
        "address=no, full=yes, interface eth0 has no address",
        "address=192.168.7.2, route=no, has the address 192.168.7.2",
        "route=no, full=yes, no route",
        "full=yes, listens=no server=no, disk is full",
        "readonly=yes, keys=no listens=no server=no, read-only",
        "keys=no, listens=no server=no, no host keys",
        "listens=no, server=missing, No SSH server is installed",
        "listens=no server=no, words=Bad option: Portt, It says: Bad option: Portt.",
        "listens=no server=no, words=, tells no reason",
        "listens=loopback, ports=lo:22, loopback only",
        "listens=no, 'ports=2222,lo:80', 'these ports are listened on: 2222,lo:80'",
        "listens=no, ports=, nor does anybody",
        "wall=yes, words=, firewall"
    })
    void firstThingMissingIsTheCause(String first, String second, String cause) {
        assertThat(Diagnosis.of(with(with(WELL, first), second)))
                .hasValueSatisfying(told -> assertThat(told).contains(cause));
    }

    private static String with(String answer, String facts) {
        String changed = answer;
        for (String fact : facts.split(" (?=[a-z]+=)")) {
            String name = fact.substring(0, fact.indexOf('=') + 1);
            String old = name.equals("words=") ? "words=.*" : "(?<= |^)" + name + "\\S*";
            changed = changed.replaceFirst(old, fact);
        }
        return changed;
    }

    @Test
    void guestThatLacksNothingHasNoCause() {
        assertThat(Diagnosis.of(WELL)).isEmpty();
        assertThat(Diagnosis.of(with(WELL, "readonly=yes"))).isEmpty();
    }

    @Test
    void serverThatSomebodyElseStartsForEachConnectionIsFine() {
        assertThat(Diagnosis.of(with(WELL, "server=no"))).isEmpty();
    }

    @Test
    void carriageReturnOfTheServersWordsDividesNothing() {
        String line = "qemush-diagnosis " + with(WELL, "listens=no server=no") + "Bad option\r .\r\n";

        assertThat(Diagnosis.ANSWER.matcher(line)).matches();
        assertThat(Diagnosis.of(line.substring(line.indexOf("card=")).replace(" .\r\n", "")))
                .hasValueSatisfying(told -> assertThat(told).contains("It says: Bad option."));
    }

    @Test
    void wordsOfTheGuestCannotSteerATerminal() {
        assertThat(Diagnosis.of(with(WELL, "listens=no server=no") + "red \u001b[31m"))
                .hasValueSatisfying(told -> assertThat(told).contains("red ?[31m"));
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
