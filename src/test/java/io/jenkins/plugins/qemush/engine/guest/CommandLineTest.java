package io.jenkins.plugins.qemush.engine.guest;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the words, the shells of guests hand them on exactly as they are. */
class CommandLineTest {
    private static final String MARK = "1234-ab";
    private static final String END = "@5678-cd:";

    private static final List<String> AWKWARD = List.of(
            "",
            " ",
            "two words",
            "  leading and trailing  ",
            "it's",
            "'",
            "''",
            "\"double\"",
            "$HOME ${HOME} $(id) `id`",
            "back\\slash \\n \\",
            "line\nbreak",
            "\n",
            "trailing newline\n",
            "tab\tand return\r",
            "-n",
            "--help",
            "*",
            "[a-z]? ~ {a,b}",
            "a;b&c|d>e<f(g)!h#i=%j",
            "größe, 日本語, 🐧",
            "$qsh_n",
            "'$qsh_n\n'");

    /** The shells that guests have; those that this host lacks are left out. */
    static Stream<List<String>> shells() {
        return Stream.of(
                        List.of("sh"),
                        List.of("dash"),
                        List.of("bash"),
                        List.of("bash", "--posix"),
                        List.of("busybox", "sh"))
                .filter(shell -> Stream.of("/bin/", "/usr/bin/")
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder + shell.get(0)))));
    }

    private static GuestCommand command(List<String> arguments, Map<String, String> environment, String directory) {
        return new GuestCommand(arguments, GuestCommand.ROOT, environment, Optional.ofNullable(directory));
    }

    private record Result(int status, String output) {}

    /** Does what sshd does: a shell is given the line, and its input follows. */
    private static Result execute(List<String> shell, GuestCommand command, String input)
            throws IOException, InterruptedException {
        Process process = start(shell, command);
        CountDownLatch begun = new CountDownLatch(1);
        Thread feeder = new Thread(() -> {
            try (var in = process.getOutputStream()) {
                in.write(CommandLine.text(command, END));
                in.flush();
                begun.await();
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException | InterruptedException e) {
                // The command read less than there was.
            }
        });
        feeder.start();
        assertThat(process.getInputStream().read()).isEqualTo(CommandLine.BEGUN);
        begun.countDown();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        feeder.join();
        return new Result(process.waitFor(), output);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void filesAreReadableForAllWhateverUmaskTheServerHas(List<String> shell) throws Exception {
        List<String> strict = new ArrayList<>(List.of("sh", "-c", "umask 077; exec \"$@\"", "sshd"));
        strict.addAll(shell);

        Result result = execute(strict, command(List.of("sh", "-c", "umask"), Map.of(), "/"), "");

        assertThat(result.output()).isEqualTo("0022\n");
    }

    private static Process start(List<String> shell, GuestCommand command) throws IOException {
        List<String> line = new ArrayList<>(shell);
        line.addAll(List.of("-c", CommandLine.toExecute(command.user(), MARK)));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private static List<String> withPrintf(List<String> words) {
        List<String> arguments = new ArrayList<>(List.of("/usr/bin/printf", "%s\\0"));
        arguments.addAll(words);
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("shells")
    void argumentsArriveAsTheyAre(List<String> shell) throws Exception {
        Result result = execute(shell, command(withPrintf(AWKWARD), Map.of(), "/"), "");

        assertThat(result.output().split("\0", -1)).startsWith(AWKWARD.toArray(String[]::new));
        assertThat(result.status()).isZero();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void environmentArrivesAsItIs(List<String> shell) throws Exception {
        for (String value : AWKWARD) {
            Result result =
                    execute(shell, command(List.of("sh", "-c", "printf %s \"$A_1\"x"), Map.of("A_1", value), "/"), "");

            assertThat(result.output()).isEqualTo(value + "x");
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void markIsThereBeforeTheFirstLineIsRead(List<String> shell) throws Exception {
        Process process = start(shell, command(List.of("true"), Map.of(), "/"));
        Path environment = Path.of("/proc/" + process.pid() + "/environ");

        await().until(() -> Files.readString(environment).contains(CommandLine.MARK + "=" + MARK + "\0"));

        process.getOutputStream().close();
        assertThat(process.waitFor()).isNotZero();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void directoryMayHaveAnyName(List<String> shell, @TempDir Path folder) throws Exception {
        for (String name : List.of("plain", "-", "-P", "two words", "it's", "größe\n2", "$HOME", "*")) {
            Path directory = Files.createDirectory(folder.resolve(name));

            Result result = execute(shell, command(List.of("pwd", "-P"), Map.of(), directory.toString()), "");

            assertThat(result.output()).isEqualTo(directory.toRealPath() + "\n");
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void missingDirectoryIsAnErrorAndTheCommandDoesNotRun(List<String> shell) throws Exception {
        Result result = execute(shell, command(List.of("echo", "it ran"), Map.of(), "/does/not/exist"), "");

        assertThat(result.status()).isEqualTo(126);
        assertThat(result.output()).contains("/does/not/exist").doesNotContain("it ran");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void relativeDirectoryStartsAtTheHome(List<String> shell) throws Exception {
        Result there = execute(shell, command(List.of("pwd"), Map.of(), "."), "");
        Result missing = execute(shell, command(List.of("pwd"), Map.of(), "no such folder"), "");

        assertThat(there.output()).isEqualTo(System.getenv("HOME") + "\n");
        assertThat(missing)
                .isEqualTo(new Result(126, "qemu-sh: The directory ./no such folder does not exist in the guest.\n"));
    }

    @Test
    void variableThatNoProcessCanHaveIsNamed() {
        Map<String, String> large = Map.of("BIG", "v".repeat(200_000));

        assertThatThrownBy(() -> CommandLine.text(command(List.of("id"), large, "/"), END))
                .isInstanceOf(HostFailure.class)
                .hasMessage(
                        "The environment variable BIG has 195 kB: Linux gives a process no more than 128 kB in one.");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void twoHundredKilobytesOfArgumentsArrive(List<String> shell) throws Exception {
        List<String> many = Collections.nCopies(2000, "x".repeat(100));

        Result result = execute(shell, command(withPrintf(many), Map.of(), "/"), "");

        assertThat(result.output()).hasSize(2000 * 101);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void inputAfterTheFirstLineIsTheCommands(List<String> shell) throws Exception {
        Result result = execute(shell, command(List.of("cat"), Map.of(), "/"), "one\n\\two\n\nlast");

        assertThat(result.output()).isEqualTo("one\n\\two\n\nlast");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void statusIsTheCommandsOwn(List<String> shell) throws Exception {
        assertThat(execute(shell, command(List.of("sh", "-c", "exit 7"), Map.of(), "/"), "")
                        .status())
                .isEqualTo(7);
        assertThat(execute(shell, command(List.of("/does/not/exist"), Map.of(), "/"), "")
                        .status())
                .isEqualTo(127);
        assertThat(execute(shell, command(List.of("sh", "-c", "kill -KILL $$"), Map.of(), "/"), "")
                        .status())
                .isEqualTo(137);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void longCommandTakesNothingOfItsInput(List<String> shell) throws Exception {
        String comment = "# " + "x".repeat(100_000) + "\n";

        Result result = execute(shell, command(List.of("sh", "-c", comment + "cat"), Map.of(), "/"), "one\ntwo");

        assertThat(result.output()).isEqualTo("one\ntwo");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void scriptHasItsParametersAndRunsInTheSameShell(List<String> shell) throws Exception {
        GuestCommand script = GuestCommand.rootScript("printf '%s|' \"$@\"; exit $#", "a b", "c\nd", "");

        Result result = execute(shell, script, "");

        assertThat(result.output()).isEqualTo("a b|c\nd||");
        assertThat(result.status()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void sharedShellServesOneCommandAfterTheOther(List<String> shell) throws Exception {
        Process process = start(shell, sharing(""));
        try (var in = process.getOutputStream()) {
            in.write(CommandLine.text(sharing("read -r line; echo $line; line=1; cd /usr"), END));
            in.write("input\n".getBytes(StandardCharsets.UTF_8));
            in.flush();
            assertThat(lines(process, 2)).containsExactly((char) CommandLine.BEGUN + "input", END);

            in.write(CommandLine.text(sharing("pwd; echo $line."), END));
            in.flush();
            String home = System.getenv("HOME");
            assertThat(lines(process, 3)).containsExactly((char) CommandLine.BEGUN + home, ".", END);
        }
    }

    private static List<String> lines(Process process, int count) throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            lines.add(process.inputReader().readLine());
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("shells")
    void commandThatFailsEndsTheShellThatItShares(List<String> shell) throws Exception {
        Result result = execute(shell, sharing("echo said; exit 5"), "");

        assertThat(result.output()).isEqualTo("said\n");
        assertThat(result.status()).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void scriptInASharedShellEndsAtItsFirstFailureWhenItWantsTo(List<String> shell) throws Exception {
        Result result = execute(shell, sharing("set -e; false; echo on"), "");

        assertThat(result.output()).isEmpty();
        assertThat(result.status()).isEqualTo(1);
    }

    private static GuestCommand sharing(String script) {
        return GuestCommand.rootScript(script).inSharedShell();
    }

    @Test
    void everybodyButRootRunsThroughSu() {
        assertThat(CommandLine.toExecute("user", MARK)).contains(";exec su -s /bin/sh 'user' -c ");
    }

    @Test
    void namesThatAShellDoesNotKnowAreRefused() {
        for (String name : Arrays.asList("", "1A", "A B", "A=B", "A;id", "Ä", "A\n")) {
            assertThatThrownBy(() -> CommandLine.text(command(List.of("id"), Map.of(name, "x"), "/"), END))
                    .isInstanceOf(HostFailure.class)
                    .hasMessageContaining("no name for an environment variable");
        }
    }

    @Test
    void nulIsRefused() {
        assertThatThrownBy(() -> CommandLine.text(command(List.of("printf", "a\0b"), Map.of(), "/"), END))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("NUL");
    }

    @Test
    void wordsForPeopleHaveNoNeedlessQuotes() {
        assertThat(ShellQuote.readable(List.of("uname", "-m", "a b", "x=1", "")))
                .isEqualTo("uname -m 'a b' x=1 ''");
    }
}
