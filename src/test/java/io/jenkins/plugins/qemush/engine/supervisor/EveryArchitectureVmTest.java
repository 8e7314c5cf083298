package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.HandMade;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.vm.request.Access;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every architecture boots, runs a command and shares a folder. */
@Tag("vm")
class EveryArchitectureVmTest {
    @TempDir
    Path temp;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "aarch64, aarch64",
        "armhf, armv7l",
        "x86_64, x86_64",
        "x86, i686",
        "riscv64, riscv64",
        "mipsel, mips",
        "mips64el, mips64",
        "ppc64el, ppc64le",
        "s390x, s390x"
    })
    void runsACommandInAFolderOfTheHost(String arch, String uname) throws Exception {
        assertThat(inFolder(TestImages.of(arch), "user", SyncMode.DISK)).isEqualTo(uname + "\nuser\nhello\n");
    }

    @Test
    void imageForABoardReplacesTheTablesColumns() throws Exception {
        assertThat(inFolder(TestImages.vexpress(), "user", SyncMode.TAR)).isEqualTo("armv7l\nuser\nhello\n");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"aarch64", "x86_64", "mipsel"})
    void imageMadeByHandIsEnteredOverTheConsole(String arch) throws Exception {
        assertThat(inFolder(TestImages.plain(arch), "newcomer", SyncMode.AUTO)).endsWith("\nnewcomer\nhello\n");
    }

    static Stream<String> debianArchitectures() {
        // Debian has no big-endian MIPS any more.
        return MachineTable.all().stream().map(Machine::name).filter(name -> !name.equals("mips32"));
    }

    /** The other disk, for the folder, must not take the name that the root is looked for by. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("debianArchitectures")
    void filesWithoutAManifestBootFromTheFirstDisk(String arch) throws Exception {
        Image image = TestImages.of(arch);
        HandMade files = new HandMade(
                arch,
                image.kernel(),
                image.disk(),
                image.initrd(),
                image.dtb(),
                image.firmware(),
                HandMade.DEFAULT_USER,
                MachineOverrides.NONE);

        assertThat(files.image("by-hand").machine().root()).isEqualTo("/dev/vda");
        assertThat(inFolder(files.image("by-hand"), "user", SyncMode.DISK)).endsWith("\nuser\nhello\n");
    }

    /** Boots the image and lets the user answer to a file of the host; what the guest writes must come back. */
    private String inFolder(Image image, String user, SyncMode mode) throws Exception {
        Files.writeString(temp.resolve("question"), "hello\n");
        RunDirectory directory = RunDirectory.create(temp.resolve("run"));
        Path shared = Files.createDirectory(temp.resolve("shared"));
        Files.move(temp.resolve("question"), shared.resolve("question"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SharedFolder folder = new SharedFolder(shared, shared.toString(), user, List.of(), mode);
        try (Supervisor supervisor = Supervisor.open(request(image, user), directory, true)) {
            supervisor.prepare(folder);
            supervisor.boot();
            GuestCommand command = new GuestCommand(
                    List.of("sh", "-c", "uname -m; id -un; cat question; echo done >answer"),
                    user,
                    Map.of(),
                    Optional.of(shared.toString()));
            int status = supervisor.execute(command, List.of(folder), GuestStreams.output(out, out));
            assertThat(status).as(() -> out.toString(StandardCharsets.UTF_8)).isZero();
        }
        assertThat(shared.resolve("answer")).hasContent("done");
        assertThat(directory.path()).doesNotExist();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static VmRequest request(Image image, String user) {
        return VmRequest.of("every", image)
                .withWorkspaceDisk()
                .with(Access.of(user))
                .with(new Limits(Duration.ofMinutes(5), Duration.ZERO, Duration.ZERO));
    }
}
