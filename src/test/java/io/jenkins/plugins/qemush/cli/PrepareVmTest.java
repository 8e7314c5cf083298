package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.testing.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("vm")
class PrepareVmTest {
    @TempDir
    private Path folder;

    private static String[] machine(String verb, Path disk, String... more) throws Exception {
        Path plain = TestImages.plainFolder("aarch64");
        List<String> all = new ArrayList<>(List.of(
                verb,
                "--arch",
                "aarch64",
                "--kernel",
                plain.resolve("kernel").toString(),
                "--initrd",
                plain.resolve("initrd").toString(),
                "--root",
                "LABEL=qemush-root",
                "--disk",
                disk.toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void preparedDiskKnowsTheKeyAndTheUserAndKeepsABackup() throws Exception {
        Path original = TestImages.plainFolder("aarch64").resolve("disk.qcow2");
        Path disk = Files.copy(original, folder.resolve("my disk.qcow2"));
        Path key = folder.resolve("key");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        String publicLine = Files.readString(Path.of(key + ".pub")).strip();
        try (Tool tool = new Tool(folder)) {
            Tool.Result prepared = tool.run(machine("prepare", disk, "--pubkey", key + ".pub", "--user", "me"));
            assertThat(prepared.status()).as(prepared.err()).isZero();
            assertThat(folder.resolve("my disk.qcow2.bak")).hasSameBinaryContentAs(original);

            Tool.Result keys = tool.run(machine(
                    "run",
                    disk,
                    "--user",
                    "root",
                    "--",
                    "sh",
                    "-c",
                    "id -u me >/dev/null && cat /home/me/.ssh/authorized_keys; ls /etc/ssh/*.pub"));
            assertThat(keys.out()).contains(publicLine).contains("ssh_host_ed25519_key.pub");
            assertThat(keys.out().lines().filter(line -> line.startsWith("ssh-")))
                    .hasSize(1);

            assertThat(tool.leftovers()).isEmpty();
        }
    }
}
