package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guests that boot and cannot be reached, each for another reason: a word on the kernel's command line says for which. */
@Tag("vm")
@Timeout(600)
class DiagnosisVmTest {
    /** Between the start of the network and that of the server. */
    private static final String BREAK =
            """
            case $(cat /proc/cmdline) in
                *broken=address*) ifconfig eth0 0.0.0.0 ;;
                *broken=server*) echo 'Portt 22' >>/etc/ssh/sshd_config ;;
                *broken=port*) echo 'Port 2222' >>/etc/ssh/sshd_config ;;
                *broken=late*) ifconfig eth0 0.0.0.0; { sleep 20; ifconfig eth0 10.0.2.15; } & ;;
            esac
            """;

    @TempDir
    private static Path folder;

    private static Tool tool;

    @BeforeAll
    static void breakTheDisk() throws Exception {
        tool = new Tool(folder);
        Files.copy(TestImages.plainFolder("aarch64").resolve("disk.qcow2"), disk());
        Tool.Result result = tool.runWithInput(
                BREAK,
                Tool.command(machine(
                        "--no-snapshot", "--user", "root", "--", "sh", "-c", "cat >/etc/init.d/S45-break; sync")));
        assertThat(result.status()).as(result.err()).isZero();
    }

    @AfterAll
    static void end() throws Exception {
        assertThat(tool.leftovers()).isEmpty();
        tool.close();
    }

    private static Path disk() {
        return folder.resolve("disk.qcow2");
    }

    private static String[] machine(String... more) throws Exception {
        Path plain = TestImages.plainFolder("aarch64");
        List<String> all = new ArrayList<>(List.of("run", "--arch", "aarch64"));
        all.addAll(List.of("--kernel", plain.resolve("kernel").toString()));
        all.addAll(List.of("--initrd", plain.resolve("initrd").toString()));
        all.addAll(List.of("--root", "LABEL=qemush-root", "--disk", disk().toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "address, interface eth0 has no address",
        "server, Bad configuration option: Portt",
        "port, these ports are listened on: 2222"
    })
    void causeIsToldLongBeforeTheLimit(String broken, String cause) throws Exception {
        Process run = tool.start(machine("--append", "broken=" + broken, "--boot-timeout", "120", "--", "true"));
        try (BufferedReader err = run.errorReader()) {
            assertThat(err.lines()
                            .filter(line -> line.contains("SSH does not answer yet"))
                            .findFirst())
                    .hasValueSatisfying(line -> assertThat(line).contains(cause));
            assertThat(run.isAlive()).isTrue();
        } finally {
            run.destroy();
            assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void guestThatIsOnlySlowIsReached() throws Exception {
        Tool.Result result = tool.run(machine("--append", "broken=late", "--", "echo", "here"));

        assertThat(result.out()).isEqualTo("here\n");
        assertThat(result.err()).contains("has no address");
    }

    @Test
    void networkIsSetByHand() throws Exception {
        Tool.Result result =
                tool.run(machine("--append", "broken=address", "--fix-network", "--", "cat", "/etc/resolv.conf"));

        assertThat(result).isEqualTo(new Tool.Result(0, "nameserver 10.0.2.3\n", ""));
    }
}
