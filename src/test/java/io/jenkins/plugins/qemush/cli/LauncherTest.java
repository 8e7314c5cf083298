package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code qemu-sh} of a checkout. */
class LauncherTest {

    @TempDir
    private Path folder;

    private Path checkout;

    @BeforeEach
    void checkout() throws IOException {
        checkout = folder.resolve("ein Verzeichnis für alles");
        Files.createDirectories(checkout.resolve("script"));
        for (String file : List.of("qemu-sh", "script/locale.sh")) {
            Files.copy(Path.of(file), checkout.resolve(file));
        }
        Files.setPosixFilePermissions(checkout.resolve("qemu-sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** As the build leaves it, with the classes of this test's own run. */
    private void build() throws IOException {
        Path libraries = Files.createDirectories(checkout.resolve("target/lib"));
        Files.createFile(checkout.resolve("target/qemu-sh.hpi"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            boolean classes = path.endsWith("target/classes");
            Files.createSymbolicLink(
                    classes ? checkout.resolve("target/classes") : libraries.resolve(path.getFileName()), path);
        }
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("./qemu-sh");
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        return builder.directory(checkout.toFile()).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void pathsWithAnyLettersAreOpenedInThePlainLocale() throws Exception {
        build();
        Process list = start(Map.of("LC_ALL", "C", "QEMU_SH_HOME", checkout + "/Bilder für alle"), "image", "list");

        assertThat(output(list)).startsWith("NAME");
        assertThat(list.waitFor()).isZero();
    }

    @Test
    void emptyEnvironmentIsEnough() throws Exception {
        build();
        ProcessBuilder launcher = new ProcessBuilder("/usr/bin/env", "-i", "./qemu-sh", "image", "list");

        Process list =
                launcher.directory(checkout.toFile()).redirectErrorStream(true).start();

        assertThat(output(list)).startsWith("NAME");
        assertThat(list.waitFor()).isZero();
    }

    @Test
    void programsAreFoundThoughNoPathIsSet() throws Exception {
        build();
        ProcessBuilder launcher = new ProcessBuilder("/usr/bin/env", "-i", "HOME=/", "./qemu-sh", "doctor");

        Process doctor =
                launcher.directory(checkout.toFile()).redirectErrorStream(true).start();

        assertThat(output(doctor)).doesNotContain("defect");
        doctor.waitFor();
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Path builds = folder.resolve("builds");
        Path go = folder.resolve("go");
        Path mvn = Files.writeString(
                programs.resolve("mvn"),
                "#!/bin/sh\necho build >>'%s'\nwhile [ ! -e '%s' ]; do sleep 0.02; done\nmkdir -p target/lib\n>target/qemu-sh.hpi\n"
                        .formatted(builds, go));
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> environment = Map.of("PATH", programs + File.pathSeparator + System.getenv("PATH"));
        Process first = start(environment, "--version");
        await().until(() -> Files.exists(builds));
        Process second = start(environment, "--version");
        Files.createFile(go);

        output(first);
        output(second);
        assertThat(Files.readAllLines(builds)).hasSize(1);
    }

    @Test
    void cutBuildIsDoneAgain() throws Exception {
        build();
        Files.delete(checkout.resolve("target/qemu-sh.hpi"));
        Path nowhere = Files.createDirectory(folder.resolve("no maven"));
        for (String program : List.of("sh", "readlink", "dirname", "locale", "java")) {
            Files.createSymbolicLink(nowhere.resolve(program), Path.of("/usr/bin", program));
        }

        Process version = start(Map.of("PATH", nowhere.toString()), "--version");

        assertThat(output(version)).startsWith("qemu-sh: Maven is not installed, and qemu-sh is not built yet.\n");
        assertThat(version.waitFor()).isEqualTo(125);
    }

    @ParameterizedTest
    @CsvSource({"<&-, 0", ">&-, 1", "<&- >&- 2>&-, 2"})
    void closedStandardDescriptorIsTheNullDevice(String closed, String descriptor) throws Exception {
        build();
        Path told = folder.resolve("told");
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(
                java, "#!/bin/sh\nlink=$(readlink /proc/$$/fd/%s)\necho \"$link\" >'%s'\n".formatted(descriptor, told));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        ProcessBuilder launcher = new ProcessBuilder("sh", "-c", "./qemu-sh --version " + closed);
        launcher.environment().put("JAVA_HOME", folder.resolve("java").toString());
        Process run = launcher.directory(checkout.toFile()).start();

        assertThat(run.waitFor()).isZero();
        assertThat(told).hasContent("/dev/null");
    }
}
