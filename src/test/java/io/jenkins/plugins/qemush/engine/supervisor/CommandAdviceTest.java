package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandAdviceTest {
    private static final String NOT_FOUND = "sh: 1: cc: not found\n";
    private static final String ADVICE =
            "qemu-sh: For cc the image small lacks packages. One that has them: qemu-sh image build --arch s390x"
                    + " --include gcc,libc6-dev --name s390x-dev.\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** What the user reads on standard error of a command that says something there. */
    private String afterCommand(int status, String says, String... packages) throws IOException {
        CommandAdvice advice = new CommandAdvice(image(packages), GuestStreams.output(out, err));
        advice.streams().err().write(says.getBytes(StandardCharsets.UTF_8));
        advice.after(status);
        return err.toString(StandardCharsets.UTF_8);
    }

    private static ImageManifest image(String... packages) throws IOException {
        String file = "{\"path\": \"%s\", \"sha256\": \"" + "0".repeat(64) + "\", \"size\": 1%s}";
        return ImageManifest.read(
                "{\"name\": \"small\", \"arch\": \"s390x\", \"files\": {\"kernel\": " + file.formatted("kernel", "")
                        + ", \"disk\": " + file.formatted("disk", ", \"format\": \"raw\"")
                        + "}, \"user\": \"user\", \"console\": {\"login\": \"root\", \"prompt\": \"# \"},"
                        + " \"keyPaths\": [\"console\"], \"source\": \"a test\", \"packages\": ["
                        + Stream.of(packages).map(name -> "\"" + name + " 1\"").collect(Collectors.joining(","))
                        + "]}",
                "a test");
    }

    @Test
    void aKnownProgramThatIsMissingIsToldWithThePackagesThatBringIt() throws Exception {
        assertThat(afterCommand(127, NOT_FOUND, "base-files")).isEqualTo(NOT_FOUND + ADVICE);
    }

    @Test
    void whatStandsInStandardOutputOfABuildIsReadToo() throws Exception {
        CommandAdvice advice = new CommandAdvice(image("base-files"), GuestStreams.output(out, err));
        advice.streams().out().write(("x".repeat(100_000) + "\n" + NOT_FOUND).getBytes(StandardCharsets.UTF_8));
        advice.after(2);

        assertThat(err).hasToString(ADVICE);
        assertThat(out.size()).isEqualTo(100_001 + NOT_FOUND.length());
    }

    @Test
    void linesInManyPiecesAreReadAsOne() throws Exception {
        CommandAdvice advice = new CommandAdvice(image("base-files"), GuestStreams.output(out, err));
        for (byte b : ("#".repeat(5000) + "\n" + NOT_FOUND).getBytes(StandardCharsets.UTF_8)) {
            advice.streams().out().write(b);
        }
        advice.after(127);

        assertThat(err).hasToString(ADVICE);
    }

    @Test
    void whoeverNeedsNoPackageIsToldOfTheOtherWay() throws Exception {
        assertThat(afterCommand(1, "su: must be suid to work properly\n", "base-files"))
                .contains("--include login")
                .endsWith("Or do without: --user root.\n");
    }

    @Test
    void inABuildsLogTheConfigurationPageIsNamed() throws Exception {
        assertThat(new ImageAdvice(image("base-files")).toJenkins(NOT_FOUND))
                .hasValue("For cc the image small lacks packages. Have an administrator add one with gcc,libc6-dev on"
                        + " Jenkins' configuration page (built from Debian packages).");
    }

    @Test
    void aCommandThatSucceedsGetsNoAdvice() throws Exception {
        assertThat(afterCommand(0, NOT_FOUND, "base-files")).isEqualTo(NOT_FOUND);
    }

    @Test
    void anImageThatHasThePackagesGetsNoAdvice() throws Exception {
        assertThat(afterCommand(127, NOT_FOUND, "base-files", "dpkg", "gcc", "libc6-dev"))
                .isEqualTo(NOT_FOUND);
    }

    @Test
    void packagesThatWereOnlyUnpackedDoNotCount() throws Exception {
        assertThat(afterCommand(127, NOT_FOUND, "base-files", "gcc", "libc6-dev"))
                .endsWith(ADVICE);
    }

    @Test
    void anImageOfAnotherKindGetsNoAdvice() throws Exception {
        assertThat(afterCommand(127, NOT_FOUND)).isEqualTo(NOT_FOUND);
    }

    @Test
    void anUnknownProgramGetsNoAdvice() throws Exception {
        String says = "sh: 1: no-such-thing: not found\n";

        assertThat(afterCommand(127, says, "base-files")).isEqualTo(says);
    }
}
