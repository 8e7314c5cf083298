package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that stays, and all that can be done with it from outside. One machine serves most of the tests. */
@Tag("vm")
class UpVmTest {

    @TempDir
    private static Path folder;

    private static Tool tool;

    @BeforeAll
    static void up() throws Exception {
        tool = new Tool(folder);
        Tool.Result result = tool.run("up", "--name", "m", "--image", image());
        assertThat(result).isEqualTo(new Tool.Result(0, "m\n", ""));
    }

    @AfterAll
    static void down() throws Exception {
        assertThat(tool.run("down", "m")).isEqualTo(new Tool.Result(0, "", ""));
        assertThat(tool.leftovers()).isEmpty();
        tool.close();
    }

    private static String image() throws Exception {
        return TestImages.folder("aarch64").toString();
    }

    private static List<String> exec(String... words) {
        List<String> all = new ArrayList<>(List.of("exec", "m", "--"));
        all.addAll(List.of(words));
        return Tool.command(all.toArray(String[]::new));
    }

    private static Tool.Result execute(String input, String... words) throws IOException, InterruptedException {
        return tool.runWithInput(input, exec(words));
    }

    @Test
    void statusOutputAndInputTravel() throws Exception {
        assertThat(execute("abc", "sh", "-c", "cat; echo err >&2; exit 7"))
                .isEqualTo(new Tool.Result(7, "abc", "err\n"));
    }

    @Test
    void userDirectoryAndEnvironmentAreTaken() throws Exception {
        Tool.Result result = tool.run(
                "exec", "--user", "root", "-w", "/tmp", "-e", "A=ü 'x'", "m", "sh", "-c", "id -un; pwd; echo \"$A\"");

        assertThat(result).isEqualTo(new Tool.Result(0, "root\n/tmp\nü 'x'\n", ""));
    }

    @Test
    void severalFilesAndPatternsAndStreamsAreCopied() throws Exception {
        Path host = Files.createDirectory(folder.resolve("copied"));
        Path one = Files.writeString(host.resolve("c:1.c"), "one");
        Path two = Files.writeString(host.resolve("a b.c"), "two");
        Path back = Files.createDirectory(folder.resolve("back"));

        assertThat(tool.run("cp", one.toString(), two.toString(), "m:~/in")).isEqualTo(new Tool.Result(0, "", ""));
        assertThat(tool.run("cp", "m:in/*.c", back.toString())).isEqualTo(new Tool.Result(0, "", ""));
        assertThat(tool.runWithInput("stream", Tool.command("cp", "-", "m:in/s"))
                        .status())
                .isZero();

        assertThat(back.resolve("c:1.c")).hasContent("one");
        assertThat(back.resolve("a b.c")).hasContent("two");
        assertThat(tool.run("cp", "m:~/in/s", "-")).isEqualTo(new Tool.Result(0, "stream", ""));
        assertThat(tool.run("cp", "m:in/*.none", ".").err()).contains("No file in the guest is like in/*.none.");
    }

    @Test
    void unknownUserIsToldAsSuchWithTheGuestsUsers() throws Exception {
        Tool.Result result = tool.run("exec", "--user", "newguy", "m", "--", "id");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err()).contains("The guest has no user newguy.").contains("Its users are: root");
    }

    @Test
    void loopKeepsTheListThatItReads() throws Exception {
        String loop = "printf '1\\n2\\n3\\n' | while read x; do "
                + ShellQuote.words(Tool.command("exec", "-n", "m", "--", "echo")) + " $x; done";

        assertThat(tool.runWithInput("", List.of("sh", "-c", loop)).out()).isEqualTo("1\n2\n3\n");
    }

    @Test
    void commandThatReadsNothingLeavesTheCallersInputAlone() throws Exception {
        String loop = "printf '1\\n2\\n3\\n' | while read x; do "
                + ShellQuote.words(Tool.command("exec", "m", "--", "echo")) + " $x; done";

        assertThat(tool.runWithInput("", List.of("sh", "-c", loop)).out()).isEqualTo("1\n2\n3\n");
    }

    @Test
    void binaryOutputArrivesByteForByte() throws Exception {
        Tool.Result result =
                execute("", "sh", "-c", "head -c 3000000 /dev/urandom >/tmp/r; sha256sum </tmp/r; wc -c </tmp/r");
        Process cat = tool.start(exec("cat", "/tmp/r"));
        byte[] bytes = cat.getInputStream().readAllBytes();

        assertThat(cat.waitFor()).isZero();
        assertThat(result.out())
                .contains(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    @Test
    void moreCommandsAtOnceThanSshdHasSessionsFor() throws Exception {
        List<Process> commands = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            commands.add(tool.start(exec(
                    "sh",
                    "-c",
                    "touch /tmp/at-" + i + "; while [ $(ls /tmp/at-* | wc -l) -lt 14 ]; do sleep 1; done")));
        }
        for (Process command : commands) {
            assertThat(Tool.await(command, "")).isEqualTo(new Tool.Result(0, "", ""));
        }
    }

    @Test
    void clientThatIsKilledTakesItsCommandAlong() throws Exception {
        Process client = tool.start(exec("sh", "-c", "echo up; exec sleep 4711"));
        assertThat(client.inputReader().readLine()).isEqualTo("up");

        client.destroyForcibly();

        await().until(() -> execute("", "pgrep", "-f", "[s]leep 4711").status() != 0);
    }

    @Test
    void clientThatIsKilledWhileItsInputIsUnreadTakesItsCommandAlong() throws Exception {
        Process client = tool.start(exec("sh", "-c", "echo up; exec sleep 4712"));
        Thread flood = new Thread(() -> {
            byte[] block = new byte[64 * 1024];
            try (OutputStream in = client.getOutputStream()) {
                for (int i = 0; i < 1000; i++) {
                    in.write(block);
                }
            } catch (IOException e) {
                // The client was killed.
            }
        });
        flood.start();
        assertThat(client.inputReader().readLine()).isEqualTo("up");

        client.destroyForcibly();

        await().until(() -> execute("", "pgrep", "-f", "[s]leep 4712").status() != 0);
    }

    @Test
    void machineIsListed() throws Exception {
        JsonObject row = JsonParser.parseString(tool.run("ps", "--json").out())
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();

        assertThat(row.get("name").getAsString()).isEqualTo("m");
        assertThat(row.get("arch").getAsString()).isEqualTo("aarch64");
        assertThat(row.get("port").getAsInt()).isPositive();
        assertThat(row.get("state").getAsString()).isIn("reachable", "busy");
    }

    @Test
    void consoleAndTimelineAreShown() throws Exception {
        assertThat(tool.run("logs", "m").out()).contains("qemush: ready");
        assertThat(tool.run("logs", "--events", "m").out().lines())
                .allSatisfy(line ->
                        assertThat(JsonParser.parseString(line).isJsonObject()).isTrue())
                .anyMatch(line -> line.contains("\"event\":\"ssh\""));
    }

    @Test
    void otherSshProgramsGetIn() throws Exception {
        Path config = Files.writeString(
                folder.resolve("config"), tool.run("ssh-config", "m").out());

        Process ssh = new ProcessBuilder("ssh", "-F", config.toString(), "m", "id -un; exit 5").start();

        assertThat(new String(ssh.getInputStream().readAllBytes(), UTF_8)).isEqualTo("user\n");
        assertThat(ssh.waitFor()).isEqualTo(5);
    }

    @Test
    void shellIsATerminal() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/script"))).isTrue();
        List<String> command = List.of("script", "-qec", ShellQuote.words(Tool.command("shell", "m")), "/dev/null");
        Process shell = tool.start(command);
        OutputStream keyboard = shell.getOutputStream();
        keyboard.write("tty; id -un; exit 6\n".getBytes(UTF_8));
        keyboard.flush();

        String screen = new String(shell.getInputStream().readAllBytes(), UTF_8);

        assertThat(shell.waitFor()).isEqualTo(6);
        assertThat(screen).contains("/dev/pts/").contains("user\r\n");
    }

    /** A pty of a given size, which is resized when the guest's side says so. */
    private static final String RESIZING =
            """
            import fcntl, os, pty, struct, sys, termios
            pid, fd = pty.fork()
            if pid == 0:
                os.execvp(sys.argv[1], sys.argv[1:])
            def resize(rows, columns):
                fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            resize(30, 100)
            screen = b""
            try:
                while True:
                    screen += os.read(fd, 4096)
                    if b"ready" in screen:
                        resize(41, 123)
            except OSError:
                pass
            sys.stdout.buffer.write(screen)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    @Test
    void terminalOfACommandFollowsTheWindow() throws Exception {
        List<String> command = new ArrayList<>(List.of("python3", "-c", RESIZING));
        command.addAll(Tool.command(
                "exec",
                "-t",
                "m",
                "--",
                "sh",
                "-c",
                "echo ready; while [ \"$(stty size)\" != '41 123' ]; do sleep 1; done; stty size; exit 9"));

        Tool.Result result = tool.runWithInput("", command);

        assertThat(result.out()).contains("ready").contains("41 123");
        assertThat(result.status()).isEqualTo(9);
    }

    @Test
    void commandOfShellHasATerminalToo() throws Exception {
        Tool.Result result = tool.run("shell", "m", "--", "sh", "-c", "test -t 0 && test -t 1; exit $((20 + $?))");

        assertThat(result.status()).isEqualTo(20);
    }

    @Test
    void nameThatIsTakenIsRefused() throws Exception {
        Tool.Result result = tool.run("up", "--name", "m", "--image", image());

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err()).contains("There is a machine named \"m\" already");
        assertThat(execute("", "true").status()).isZero();
    }
}
