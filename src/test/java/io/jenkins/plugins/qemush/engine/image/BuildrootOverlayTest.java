package io.jenkins.plugins.qemush.engine.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the images of {@code images/buildroot} start their SSH server. */
class BuildrootOverlayTest {
    private static final Path OVERLAY = Path.of("images/buildroot/board/rootfs-overlay");

    @TempDir
    private Path folder;

    private Path ssh;
    private Path script;

    @BeforeEach
    void guest() throws IOException {
        ssh = Files.createDirectories(folder.resolve("etc/ssh"));
        Files.copy(OVERLAY.resolve("etc/ssh/sshd_config"), ssh.resolve("sshd_config"));
        script = program(
                "S50sshd",
                Files.readString(OVERLAY.resolve("etc/init.d/S50sshd")).replace("/etc/ssh/", ssh + "/"));
        program("sshd", "#!/bin/sh\numask >" + folder.resolve("umask") + "\n");
        program("ssh-keygen", "#!/bin/sh\nfor file; do :; done\necho key >\"$file\"\necho \"$*\" >>" + log() + "\n");
    }

    private Path program(String name, String text) throws IOException {
        Path program = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private Path log() {
        return folder.resolve("keys-made");
    }

    private String start() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "umask 077; exec \"$0\" start", script.toString());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void serverStartsWithAUmaskThatLetsOthersRead() throws Exception {
        assertThat(start()).isEqualTo("Starting sshd: OK\n");

        assertThat(folder.resolve("umask")).hasContent("0022");
    }

    @Test
    void onlyTheKeyThatTheServerUsesIsMade() throws Exception {
        start();

        assertThat(Files.readString(log()).lines())
                .singleElement()
                .asString()
                .contains("-t ed25519")
                .endsWith(ssh.resolve("ssh_host_ed25519_key").toString());
        assertThat(Files.readString(ssh.resolve("sshd_config")).lines())
                .filteredOn(line -> line.startsWith("HostKey "))
                .containsExactly("HostKey /etc/ssh/ssh_host_ed25519_key");
    }

    @Test
    void keyThatIsThereIsKept() throws Exception {
        Files.writeString(ssh.resolve("ssh_host_ed25519_key"), "made at the first boot");

        start();

        assertThat(log()).doesNotExist();
        assertThat(ssh.resolve("ssh_host_ed25519_key")).hasContent("made at the first boot");
    }

    @Test
    void keyOfAnInterruptedFirstBootIsMadeAnew() throws Exception {
        Files.createFile(ssh.resolve("ssh_host_ed25519_key"));

        start();

        assertThat(ssh.resolve("ssh_host_ed25519_key")).hasContent("key");
    }

    @Test
    void seedOfTheImageDoesNotCountAsRandomness() throws Exception {
        assertThat(Files.readString(OVERLAY.resolve("etc/default/seedrng"))).contains("SEEDRNG_ARGS=\"--skip-credit\"");
    }
}
