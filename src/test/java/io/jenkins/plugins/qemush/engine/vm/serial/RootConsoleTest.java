package io.jenkins.plugins.qemush.engine.vm.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ConsoleLogin;
import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import io.jenkins.plugins.qemush.testing.UnixServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The portable way in, against a console that is a socket and, behind it, real shells in a root of their own. */
@Timeout(60)
class RootConsoleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    private OneTimeKey key() throws IOException {
        return OneTimeKey.generate(folder.resolve("key"));
    }

    private RootConsole connect(UnixServer guest) throws IOException {
        SerialConsole console = SerialConsole.connect(guest.path(), text -> {});
        return new RootConsole(console, new ConsoleLog(folder.resolve("console.log")), ConsoleLogin.ROOT);
    }

    private UnixServer guest(UnixServer.Play play) throws IOException {
        return UnixServer.start(folder.resolve("console.sock"), play);
    }

    static Stream<List<String>> shells() {
        return Stream.of(List.of("dash"), List.of("bash"), List.of("busybox", "sh"))
                .filter(shell -> Files.isExecutable(Path.of("/usr/bin", shell.get(0)))
                        || Files.isExecutable(Path.of("/bin", shell.get(0))));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void keyIsAllowedAndTheHostKeyReadBack(List<String> shell) throws Exception {
        Path root = guestRoot("");
        OneTimeKey key = key();
        try (UnixServer guest = guest(peer -> getty(peer, shell, root, true))) {
            RootConsole console = connect(guest);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();

            assertThat(console.allow(key, "some-user", PATIENCE)).isEqualTo("ssh-ed25519 AAAAhost");
        }
        assertThat(Files.readString(root.resolve("etc/passwd"))).contains("some-user:x:");
        assertThat(Files.readString(root.resolve("home/some-user/.ssh/authorized_keys")))
                .isEqualTo(key.publicLine() + "\n");
        assertThat(Files.readString(root.resolve("root/.ssh/authorized_keys"))).isEqualTo(key.publicLine() + "\n");
    }

    @Test
    void echoOfWhatIsTypedIsNoAnswer() throws Exception {
        Path root = guestRoot("");
        try (UnixServer guest = guest(peer -> getty(peer, List.of("sh"), root, false))) {
            RootConsole console = connect(guest);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();

            assertThat(console.allow(key(), "some-user", PATIENCE)).isEqualTo("ssh-ed25519 AAAAhost");
        }
    }

    @Test
    void newUserSharesNobodysNumber() throws Exception {
        Path root = guestRoot("user:x:1000:1001::/home/user:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "user:x:1001:\n");
        try (UnixServer guest = guest(peer -> getty(peer, List.of("sh"), root, true))) {
            RootConsole console = connect(guest);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();
            console.allow(key(), "some-user", PATIENCE);
        }
        assertThat(Files.readString(root.resolve("etc/passwd"))).contains("some-user:x:1002:1002:");
        assertThat(Files.readString(root.resolve("etc/group"))).endsWith("some-user:x:1002:\n");
    }

    @Test
    void existingUserIsKept() throws Exception {
        assumeTrue(!Files.exists(Path.of("/home/root")));
        Path root = guestRoot("");
        try (UnixServer guest = guest(peer -> getty(peer, List.of("sh"), root, true))) {
            RootConsole console = connect(guest);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();
            console.allow(key(), "root", PATIENCE);
        }
        assertThat(Files.readString(root.resolve("etc/passwd")).lines()).hasSize(1);
        assertThat(Files.readAllLines(root.resolve("root/.ssh/authorized_keys")))
                .hasSize(1);
    }

    private Path guestRoot(String passwd) throws IOException {
        Path root = Files.createDirectories(folder.resolve("guest root"));
        for (String directory : List.of("etc/ssh", "home", "root")) {
            Files.createDirectories(root.resolve(directory));
        }
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0::" + root.resolve("root") + ":/bin/sh\n" + passwd);
        Files.writeString(root.resolve("etc/group"), "");
        Files.writeString(root.resolve("etc/ssh/ssh_host_ed25519_key.pub"), "ssh-ed25519 AAAAhost root@guest\n");
        return root;
    }

    /** A login prompt, and then a shell whose files are those below the root; its terminal echoes or does not. */
    private static void getty(UnixServer.Peer peer, List<String> shell, Path root, boolean quiet)
            throws IOException, InterruptedException {
        peer.say("Welcome to the guest\r\n\r\nguest login: ");
        peer.say(peer.hear() + "\r\n~ # ");
        Process process = new ProcessBuilder(shell).redirectErrorStream(true).start();
        Thread output = new Thread(() -> {
            try {
                byte[] block = new byte[1024];
                for (int n = process.getInputStream().read(block);
                        n > 0;
                        n = process.getInputStream().read(block)) {
                    peer.out().write(block, 0, n);
                }
            } catch (IOException e) {
                // The host has what it wanted.
            }
        });
        output.setDaemon(true);
        output.start();
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            // What would need root, or change this host, is replaced; the shell's words stay.
            input.write("stty() { :; }; chown() { :; }; date() { :; }; adduser() { false; }; useradd() { false; }\n");
            for (String line = peer.hear(); line != null; line = peer.hear()) {
                if (!quiet) {
                    peer.say(line + "\r\n");
                }
                String there = root.toString().replace("\\", "\\\\");
                input.write(line.replace("/etc/", there.replace(" ", "\\ ") + "/etc/")
                                .replace("::/home/", "::" + there + "/home/")
                        + "\n");
                input.flush();
            }
        }
        process.destroy();
    }

    @Test
    void passwordPromptIsNamed() throws Exception {
        try (UnixServer guest = guest(peer -> {
            peer.say("guest login: ");
            peer.hear();
            peer.say("Password: ");
            peer.hear();
        })) {
            RootConsole console = connect(guest);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();

            assertThatThrownBy(() -> console.allow(key(), "user", PATIENCE))
                    .isInstanceOf(HostFailure.class)
                    .hasMessageContaining("wants a password for root");
        }
    }

    @Test
    void shellThatDoesNotAnswerIsNamed() throws Exception {
        try (UnixServer guest = guest(peer -> {
            peer.say("guest login: ");
            peer.hear();
            peer.say("# ");
            while (peer.hear() != null) {
                // Swallows all.
            }
        })) {
            RootConsole console = connect(guest);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();

            assertThatThrownBy(() -> console.allow(key(), "user", SHORT))
                    .isInstanceOf(GuestFailure.class)
                    .hasMessageContaining("does not answer");
        }
    }

    @Test
    void promptThatDoesNotComeIsNoPrompt() throws Exception {
        try (UnixServer guest = guest(peer -> {
            peer.say("booting\r\n");
            peer.hear();
        })) {
            assertThat(connect(guest).awaitPrompt(SHORT)).isFalse();
        }
    }

    @Test
    void closedConsoleIsNoTimeout() throws Exception {
        try (UnixServer guest = guest(peer -> peer.say("booting\r\n"))) {
            RootConsole console = connect(guest);

            assertThatThrownBy(() -> console.awaitPrompt(PATIENCE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void textIsFoundHoweverItArrives() throws Exception {
        try (UnixServer guest = guest(peer -> {
            for (char c : "first\r\nqemush: ready\r\n".toCharArray()) {
                peer.say(String.valueOf(c));
            }
            peer.hear();
        })) {
            SerialConsole console = SerialConsole.connect(guest.path(), text -> {});

            assertThat(console.expect(Pattern.compile("(?m)^qemush: ready\r?$"), PATIENCE))
                    .isPresent();
        }
    }
}
