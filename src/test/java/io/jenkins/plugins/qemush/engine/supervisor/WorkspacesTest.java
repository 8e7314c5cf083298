package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.store.FileTree;
import io.jenkins.plugins.qemush.engine.sync.LocalGuest;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders that one command after the other brings into one guest. */
class WorkspacesTest {
    private static final String PLACE = "/var/lib/work";

    private Path temp;
    private Path host;
    private LocalGuest guest;
    private Workspaces workspaces;

    @BeforeEach
    void startGuest() throws Exception {
        temp = Files.createTempDirectory("qemu-sh-workspaces");
        host = Files.createDirectory(temp.resolve("host"));
        Path scratch = Files.createDirectory(temp.resolve("guest"));
        guest = new LocalGuest(scratch, true);
        workspaces = new Workspaces(
                guest, () -> Optional.of(LocalGuest.disk(scratch)), new Timeline(temp.resolve("events")));
    }

    @AfterEach
    void end() throws Exception {
        guest.close();
        FileTree.delete(temp);
    }

    private SharedFolder folder(String guestDirectory, SyncMode mode, String... excludes) {
        return new SharedFolder(host, guestDirectory, "root", List.of(excludes), mode);
    }

    private void run(SharedFolder folder, String script) throws Exception {
        workspaces.toGuest(folder);
        guest.sh(Path.of(folder.guestDirectory()), script);
        workspaces.toHost(folder, warning -> {});
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "TAR"})
    void folderWithOtherExcludesIsAnotherOneAtTheSamePlace(SyncMode mode) throws Exception {
        Files.writeString(host.resolve("x.o"), "object");
        SharedFolder all = folder(PLACE, mode);

        run(all, "cat x.o; echo 1 >one");
        run(folder(PLACE, mode, "*.o"), "! [ -e x.o ]; echo 2 >two");
        run(all, "cat x.o; echo 3 >three");

        assertThat(host).isDirectoryContaining("glob:**/x.o");
        assertThat(host.resolve("one")).hasContent("1");
        assertThat(host.resolve("two")).hasContent("2");
        assertThat(host.resolve("three")).hasContent("3");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "TAR"})
    void commandThatRunsWhileOthersComeToItsPlaceLosesNothing(SyncMode mode) throws Exception {
        Files.writeString(host.resolve("x.o"), "object");
        SharedFolder all = folder(PLACE, mode);

        workspaces.toGuest(all);
        run(folder(PLACE, mode, "*.o"), "echo 2 >two");
        workspaces.toHost(all, warning -> {});

        assertThat(host.resolve("x.o")).exists();
        assertThat(host.resolve("two")).exists();
    }

    @Test
    void folderThatCouldNotBeTakenInOnceCanBeLater() throws Exception {
        Files.delete(host);
        SharedFolder folder = folder(PLACE, SyncMode.AUTO);
        assertThatThrownBy(() -> workspaces.toGuest(folder)).isInstanceOf(IOException.class);
        Files.createDirectory(host);

        run(folder, "echo 1 >one");

        assertThat(host.resolve("one")).hasContent("1");
    }

    /** The files of the one below the other would look as if the guest had deleted them. */
    @ParameterizedTest
    @EnumSource(names = {"AUTO", "TAR"})
    void placeWithinThatOfAnotherFolderIsRefused(SyncMode mode) throws Exception {
        run(folder(PLACE, mode), "mkdir sub; echo 1 >sub/file");
        SharedFolder within = folder(PLACE + "/sub", mode);

        assertThatThrownBy(() -> workspaces.toGuest(within))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining(PLACE);
        run(folder(PLACE, mode), "cat sub/file");

        assertThat(host.resolve("sub/file")).hasContent("1");
    }
}
