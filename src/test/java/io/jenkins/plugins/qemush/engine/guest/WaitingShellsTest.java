package io.jenkins.plugins.qemush.engine.guest;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Behind a command a shell waits for the next one, and nobody notices but by the time it takes. */
@Timeout(120)
class WaitingShellsTest {
    private ConnectedShell shell;
    private Set<ProcessHandle> before;

    @BeforeEach
    void runOneCommand(@TempDir Path folder) throws Exception {
        before = ProcessHandle.current().descendants().collect(Collectors.toSet());
        shell = ConnectedShell.start(folder);
        assertThat(shell.output("echo first")).isEqualTo("first\n");
        await().until(() -> shell.server().channelsSeen() == 2);
        await().until(() -> waiting().isPresent());
    }

    @AfterEach
    void disconnect() throws IOException {
        shell.close();
    }

    @Test
    void nextCommandNeedsNoChannelOfItsOwn() throws Exception {
        CompletableFuture<Integer> second = shell.startEndless("sleep 1000");

        assertThat(shell.server().channelsSeen()).isEqualTo(2);
        end(second);
    }

    @Test
    void anotherCommandMeanwhileGetsAChannel() throws Exception {
        CompletableFuture<Integer> second = shell.startEndless("sleep 1000");

        assertThat(shell.output("echo third")).isEqualTo("third\n");
        end(second);
    }

    @Test
    void shellThatWasKilledIsReplaced() throws Exception {
        waiting().orElseThrow().destroyForcibly();

        assertThat(shell.output("echo well")).isEqualTo("well\n");
    }

    @Test
    void inputIsKeptForTheShellThatReplacesAKilledOne() throws Exception {
        ProcessHandle waiting = waiting().orElseThrow();
        signal("STOP", waiting);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread command = new Thread(() -> {
            try {
                GuestStreams streams = new GuestStreams(
                        new ByteArrayInputStream("all of it".getBytes(UTF_8)), out, OutputStream.nullOutputStream());
                status.complete(shell.run("cat", streams));
            } catch (IOException | InterruptedException e) {
                status.completeExceptionally(e);
            }
        });
        command.start();
        await().until(() -> command.getState() == Thread.State.TIMED_WAITING);

        signal("KILL", waiting);

        assertThat(status.get()).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("all of it");
        assertThat(shell.server().channelsSeen()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void commandsThatShareAShellHaveOneBehindTheOther() throws Exception {
        String first = shared("echo $$");

        assertThat(shared("echo $$")).isEqualTo(first);
        assertThat(shell.server().channelsSeen()).isEqualTo(2);
    }

    @Test
    void commandsThatShareAShellAtTheSameTimeHaveTheirOwn() throws Exception {
        CompletableFuture<Integer> first = shell.startEndless("sleep 1000");

        assertThat(shared("echo second")).isEqualTo("second\n");
        end(first);
    }

    @Test
    void failureOfACommandThatSharesAShellIsToldWithAllItSaid() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        GuestCommand failing =
                GuestCommand.rootScript("echo half; echo reason >&2; exit 7").inSharedShell();

        assertThat(shell.connection().run(failing, GuestStreams.output(out, err)))
                .isEqualTo(7);

        assertThat(out.toString(UTF_8)).isEqualTo("half\n");
        assertThat(err.toString(UTF_8)).isEqualTo("reason\n");
        assertThat(shared("echo next")).isEqualTo("next\n");
    }

    @Test
    void sharedShellThatWasKilledUnderItsCommandIsNoSuccess() throws Exception {
        GuestCommand suicide = GuestCommand.rootScript("kill -9 $$; exit").inSharedShell();

        assertThat(shell.connection().run(suicide, ConnectedShell.nowhere())).isNotZero();
        assertThat(shared("echo next")).isEqualTo("next\n");
    }

    /** What a script prints that shares a shell. */
    private String shared(String script) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GuestCommand command = GuestCommand.rootScript(script).inSharedShell();
        assertThat(shell.connection().run(command, GuestStreams.output(out, OutputStream.nullOutputStream())))
                .isZero();
        return out.toString(UTF_8);
    }

    private void end(CompletableFuture<Integer> command) {
        command.cancel(true);
        await().until(() -> ProcessHandle.current()
                .descendants()
                .filter(process -> !before.contains(process))
                .noneMatch(process -> process.info().commandLine().orElse("").contains("sleep 1000")));
    }

    private Optional<ProcessHandle> waiting() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> !before.contains(process))
                .filter(process -> process.info().commandLine().orElse("").contains("read -r qsh_s"))
                .findFirst();
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
