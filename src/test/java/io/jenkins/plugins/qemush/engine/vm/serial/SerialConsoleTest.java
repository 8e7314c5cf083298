package io.jenkins.plugins.qemush.engine.vm.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.testing.UnixServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words are found on a console where a kernel speaks at any time. */
@Timeout(60)
class SerialConsoleTest {
    private static final Pattern READY = Pattern.compile("(?m)^ready\r?$");
    private static final String KERNEL = "[    0.154614] nvram: Failed to initialize oops partition!\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "motd\r\nready\r\nlogin: ",
                "motd\r\n" + KERNEL + "ready\r\nlogin: ",
                "motd\r\nrea" + KERNEL + "dy\r\nlogin: ",
                // The message has ended the line of another.
                "Linux #1 SMP" + KERNEL + "ready\r\nlogin: ",
                "Linux #1 SMP" + KERNEL + KERNEL + "ready\r\nlogin: "
            })
    void lineIsFoundWhateverAKernelSaysBetween(String said) throws Exception {
        try (UnixServer guest = UnixServer.start(folder.resolve("console.sock"), peer -> {
                    peer.say(said);
                    peer.hear();
                });
                SerialConsole console = SerialConsole.connect(guest.path(), text -> {})) {
            assertThat(console.expect(READY, Duration.ofSeconds(20))).isPresent();
            assertThat(console.expect(Pattern.compile("login: $"), Duration.ofSeconds(20)))
                    .isPresent();
        }
    }
}
