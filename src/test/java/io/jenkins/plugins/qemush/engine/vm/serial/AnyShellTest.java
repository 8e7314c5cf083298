package io.jenkins.plugins.qemush.engine.vm.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ConsoleLogin;
import io.jenkins.plugins.qemush.engine.vm.serial.ConsoleInUse.Nuisance;
import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import io.jenkins.plugins.qemush.testing.UnixServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key gets in through whatever shell root has on the console, on a real terminal, whatever else goes on there. */
@Timeout(120)
class AnyShellTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, sh is {1}, {2}")
    @CsvSource({
        "dash -i, dash, ''",
        "bash -i, dash, ''",
        "busybox sh -i, busybox sh, ''",
        "zsh -i, dash, ''",
        "tcsh -i, dash, ''",
        "fish -i, dash, ''",
        "bash -i, bash, ''",
        "zsh -i, zsh --emulate sh, ''",
        "bash -i, dash, COLOUR",
        "zsh -i, dash, COLOUR",
        "tcsh -i, dash, COLOUR",
        "fish -i, dash, COLOUR",
        "busybox sh -i, busybox sh, COLOUR",
        "bash -i, dash, ODD_PROMPT",
        "fish -i, dash, ODD_PROMPT",
        "bash -i, bash, MOTD",
        "bash -i, bash, MOTD SLOW",
        "busybox sh -i, busybox sh, NO_STTY",
        "bash -i, bash, NO_STTY COLOUR",
        "tcsh -i, dash, NO_STTY",
        "fish -i, dash, NO_STTY COLOUR",
        "busybox sh -i, busybox sh, ASKS_TWICE",
        "zsh -i, dash, FLUSHES",
        "busybox sh -i, busybox sh, SLOW",
        "tcsh -i, dash, SLOW",
        "fish -i, dash, SLOW",
        "busybox sh -i, busybox sh, KERNEL",
        "fish -i, dash, KERNEL",
        "bash -i, bash, UNSTAMPED_KERNEL",
        "fish -i, dash, COLOUR NO_STTY MOTD SLOW KERNEL ASKS_TWICE"
    })
    void keyGetsIn(String shell, String sh, String nuisances) throws Exception {
        for (String name : List.of(shell.split(" ")[0], sh.split(" ")[0], "script")) {
            assumeTrue(ConsoleInUse.found(name).isAbsolute(), name + " is not installed");
        }
        Path root = folder.resolve("root");
        ConsoleInUse guest = new ConsoleInUse(root, words(shell), words(sh), nuisances(nuisances));
        OneTimeKey key = OneTimeKey.generate(folder.resolve("key"));
        try (UnixServer server = UnixServer.start(folder.resolve("console.sock"), guest);
                SerialConsole serial = SerialConsole.connect(server.path(), text -> {})) {
            RootConsole console =
                    new RootConsole(serial, new ConsoleLog(folder.resolve("console.log")), ConsoleLogin.ROOT);

            assertThat(console.awaitPrompt(PATIENCE)).isTrue();
            assertThat(console.allow(key, "some-user", PATIENCE)).isEqualTo("ssh-ed25519 AAAAhost");
        }
        for (String home : List.of("root", "home/some-user")) {
            assertThat(root.resolve(home).resolve(".ssh/authorized_keys")).hasContent(key.publicLine());
        }
        assertThat(root.resolve("clock")).exists();
        assertThat(Files.readString(Path.of("/etc/passwd"))).doesNotContain("some-user");
    }

    /** With the program's whole path: the console's PATH has little. */
    private static List<String> words(String command) {
        String name = command.split(" ")[0];
        return Stream.of(command.split(" "))
                .map(word -> word.equals(name) ? ConsoleInUse.found(name).toString() : word)
                .toList();
    }

    private static Set<Nuisance> nuisances(String names) {
        Set<Nuisance> set = EnumSet.noneOf(Nuisance.class);
        Stream.of(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(Nuisance::valueOf)
                .forEach(set::add);
        return set;
    }
}
