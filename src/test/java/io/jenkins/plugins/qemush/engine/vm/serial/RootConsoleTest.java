package io.jenkins.plugins.qemush.engine.vm.serial;

import static java.nio.file.StandardOpenOption.APPEND;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The portable way in, against a console that is a socket; {@link AnyShellTest} has the shells. */
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

    private ConsoleInUse inUse() throws IOException {
        List<String> shell = List.of(ConsoleInUse.found("sh").toString());
        return new ConsoleInUse(folder.resolve("root"), shell, shell, Set.of());
    }

    @Test
    void newUserSharesNobodysNumber() throws Exception {
        ConsoleInUse guest = inUse();
        Path etc = folder.resolve("root/etc");
        Files.writeString(etc.resolve("passwd"), "user:x:1000:1001::/home/user:/bin/sh\n", APPEND);
        Files.writeString(etc.resolve("group"), "user:x:1001:\n");
        try (UnixServer server = guest(guest)) {
            RootConsole console = connect(server);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();
            console.allow(key(), "some-user", PATIENCE);
        }
        assertThat(Files.readString(etc.resolve("passwd"))).contains("some-user:x:1002:1002:");
        assertThat(Files.readString(etc.resolve("group"))).endsWith("some-user:x:1002:\n");
    }

    @Test
    void existingUserIsKept() throws Exception {
        assumeTrue(!Files.exists(Path.of("/home/root")));
        Path root = folder.resolve("root");
        try (UnixServer server = guest(inUse())) {
            RootConsole console = connect(server);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();
            console.allow(key(), "root", PATIENCE);
        }
        assertThat(Files.readString(root.resolve("etc/passwd")).lines()).hasSize(1);
        assertThat(Files.readAllLines(root.resolve("root/.ssh/authorized_keys")))
                .hasSize(1);
    }

    @Test
    void keyThatIsMadeLaterIsAwaited() throws Exception {
        ConsoleInUse guest = inUse();
        Path made = folder.resolve("root/etc/ssh/ssh_host_ed25519_key.pub");
        Path later = Files.move(made, folder.resolve("later"));
        try (UnixServer server = guest(guest)) {
            RootConsole console = connect(server);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();
            CompletableFuture.delayedExecutor(4, TimeUnit.SECONDS).execute(() -> move(later, made));

            assertThat(console.allow(key(), "root", PATIENCE)).isEqualTo("ssh-ed25519 AAAAhost");
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keyThatIsNeverMadeIsNamed() throws Exception {
        ConsoleInUse guest = inUse();
        Files.delete(folder.resolve("root/etc/ssh/ssh_host_ed25519_key.pub"));
        try (UnixServer server = guest(guest)) {
            RootConsole console = connect(server);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();

            assertThatThrownBy(() -> console.allow(key(), "root", Duration.ofSeconds(5)))
                    .isInstanceOf(GuestFailure.class)
                    .hasMessageContaining("has no SSH host key");
        }
    }

    @Test
    void causeIsToldLongBeforeTheLimitAndOnce() throws Exception {
        ConsoleInUse guest = inUse();
        Files.delete(folder.resolve("root/etc/ssh/ssh_host_ed25519_key.pub"));
        Files.createDirectories(folder.resolve("root/sys/class/net/enp0s1/device"));
        guest.program("sshd", "echo 'sshd: no hostkeys available'");
        List<String> remarks = new CopyOnWriteArrayList<>();
        try (UnixServer server = guest(guest)) {
            RootConsole console = new RootConsole(
                    SerialConsole.connect(server.path(), text -> {}),
                    new ConsoleLog(folder.resolve("console.log")),
                    ConsoleLogin.ROOT,
                    remarks::add);
            assertThat(console.awaitPrompt(PATIENCE)).isTrue();

            assertThatThrownBy(() -> console.allow(key(), "root", Duration.ofSeconds(15)))
                    .hasMessageContaining("enp0s1 has no address");
            assertThat(console.diagnose()).isPresent();
        }
        assertThat(remarks).singleElement().asString().contains("enp0s1 has no address");
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
