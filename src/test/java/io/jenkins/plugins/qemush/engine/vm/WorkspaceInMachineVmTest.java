package io.jenkins.plugins.qemush.engine.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.sync.Excludes;
import io.jenkins.plugins.qemush.engine.sync.GuestOwner;
import io.jenkins.plugins.qemush.engine.sync.GuestWorkspace;
import io.jenkins.plugins.qemush.engine.sync.PreparedWorkspace;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import io.jenkins.plugins.qemush.engine.sync.SyncReport;
import io.jenkins.plugins.qemush.engine.sync.WorkspaceDiskPort;
import io.jenkins.plugins.qemush.engine.sync.WorkspaceSpec;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A workspace in a real machine, owned by an ordinary user there. */
@Tag("vm")
class WorkspaceInMachineVmTest {

    @TempDir
    Path temp;

    private Path host;
    private Vm vm;

    @BeforeEach
    void boot() throws Exception {
        host = Files.createDirectory(temp.resolve("work space"));
        VmRequest request =
                VmRequest.of("workspace-test", TestImages.of("aarch64")).withWorkspaceDisk();
        vm = Vm.create(request, RunDirectory.create(temp.resolve("run")), true);
        vm.begin(Optional.empty());
        vm.awaitReachable();
    }

    @AfterEach
    void end() throws IOException {
        if (vm != null) {
            vm.close();
        }
    }

    private GuestWorkspace open(SyncMode mode) throws IOException, InterruptedException {
        WorkspaceSpec spec = new WorkspaceSpec(
                host, host.toString(), GuestOwner.named(vm.request().user()), Excludes.NONE, mode, Long.MAX_VALUE);
        Optional<WorkspaceDiskPort> disk = vm.workspaceDisk().map(port -> port);
        return PreparedWorkspace.prepare(spec, disk).enter(vm);
    }

    private String userDoes(String script) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GuestCommand command = new GuestCommand(
                List.of("sh", "-ec", script), vm.request().user(), Map.of(), Optional.of(host.toString()));
        assertThat(vm.run(command, GuestStreams.output(out, out)))
                .as(() -> out.toString(StandardCharsets.UTF_8))
                .isZero();
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void aUsersChangesComeBackAndTheHostsGoIn(SyncMode mode) throws Exception {
        Files.createDirectories(host.resolve("src/main"));
        Files.writeString(host.resolve("src/main/hello.txt"), "hello\n");
        Files.writeString(host.resolve("old"), "old\n");
        GuestWorkspace workspace = open(mode);
        assertThat(userDoes("cat src/main/hello.txt")).isEqualTo("hello");

        userDoes("id -un >src/who; rm old; rm -r src/main; mkdir src/main; echo new >src/main/new; ln -s who src/link");
        SyncReport back = workspace.pull(SyncPolicy.DEFAULT);
        assertThat(back.way()).isEqualTo(mode);
        assertThat(host.resolve("src/who")).hasContent(vm.request().user());
        assertThat(host.resolve("old")).doesNotExist();
        assertThat(host.resolve("src/main").toFile().list()).containsExactly("new");
        assertThat(host.resolve("src/link")).isSymbolicLink();

        Files.writeString(host.resolve("from host"), "hi\n");
        Files.delete(host.resolve("src/who"));
        workspace.push();
        assertThat(userDoes("cat 'from host'; echo mine >>'from host'; ls src")).isEqualTo("hi\nlink\nmain");
        assertThat(workspace.pull(SyncPolicy.DEFAULT).entries()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void megabytesTravelBothWays(SyncMode mode) throws Exception {
        byte[] content = new byte[20 << 20];
        new Random(1).nextBytes(content);
        Files.write(host.resolve("big"), content);
        GuestWorkspace workspace = open(mode);
        userDoes("cp big back; cat big >>back");
        assertThat(workspace.pull(SyncPolicy.DEFAULT).bytes()).isEqualTo(2L * content.length);
        byte[] back = Files.readAllBytes(host.resolve("back"));
        assertThat(Arrays.equals(back, 0, content.length, content, 0, content.length))
                .isTrue();
        assertThat(host.resolve("back")).hasSize(2L * content.length);
    }

    /** The guest's clock is not the host's. */
    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void editsWithinASecondOfABuildAreBuilt(SyncMode mode) throws Exception {
        Path source = host.resolve("x.c");
        Path object = host.resolve("x.o");
        Files.writeString(source, "0");
        GuestWorkspace workspace = open(mode);
        for (int loop = 1; loop <= 20; loop++) {
            Files.writeString(source, String.valueOf(loop));
            workspace.push();
            userDoes("[ -e x.o ] && ! [ x.c -nt x.o ] || cp x.c x.o; ! [ x.o -ot x.c ]");
            workspace.pull(SyncPolicy.DEFAULT);
            assertThat(object).hasContent(String.valueOf(loop));
            assertThat(Files.getLastModifiedTime(object)).isGreaterThanOrEqualTo(Files.getLastModifiedTime(source));
        }
    }
}
