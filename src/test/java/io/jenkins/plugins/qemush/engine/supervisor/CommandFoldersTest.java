package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.store.FileTree;
import io.jenkins.plugins.qemush.engine.sync.LocalGuest;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two folders around the commands of one guest. */
class CommandFoldersTest {
    private static final String SOURCE_IN_GUEST = "/var/lib/work";
    private static final String CACHE_IN_GUEST = "/var/lib/my cache";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path temp;
    private Path source;
    private Path cache;
    private LocalGuest guest;
    private Timeline timeline;
    private CommandFolders folders;

    @BeforeEach
    void makeFolders() throws Exception {
        temp = Files.createTempDirectory("qemu-sh-folders");
        source = Files.createDirectory(temp.resolve("source"));
        cache = Files.createDirectory(temp.resolve("cache"));
        Files.writeString(source.resolve("shared"), "of source");
        Files.writeString(cache.resolve("shared"), "of cache");
    }

    @AfterEach
    void end() throws Exception {
        if (guest != null) {
            guest.close();
        }
        FileTree.delete(temp);
    }

    /** @param mode of the first folder; there is one disk, and the other one does without */
    private void start(SyncMode mode) throws Exception {
        Path scratch = Files.createDirectory(temp.resolve("guest"));
        guest = new LocalGuest(scratch, mode == SyncMode.DISK);
        timeline = new Timeline(temp.resolve("events"));
        Workspaces workspaces = new Workspaces(guest, () -> Optional.of(LocalGuest.disk(scratch)), timeline);
        SharedFolder first = new SharedFolder(source, SOURCE_IN_GUEST, "root", List.of("*.o"), mode);
        SharedFolder second = new SharedFolder(cache, CACHE_IN_GUEST, "root", List.of("*.o"), SyncMode.AUTO);
        folders = new CommandFolders(workspaces, List.of(first, second), err);
        folders.before();
    }

    private String guestDoes(String script) throws Exception {
        return guest.sh(Path.of(SOURCE_IN_GUEST), "cache='" + CACHE_IN_GUEST + "'\n" + script);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void eachFolderEntersAndComesBack(SyncMode mode) throws Exception {
        Files.setLastModifiedTime(cache.resolve("shared"), FileTime.from(Instant.EPOCH));
        Files.writeString(cache.resolve("old.o"), "stays here");
        start(mode);
        assertThat(guestDoes("cat shared; cat \"$cache/shared\"; stat -c ' %Y' \"$cache/shared\"; ls \"$cache\""))
                .isEqualTo("of sourceof cache 0\nshared");

        guestDoes("echo 1 >new; rm shared; echo 2 >\"$cache/new\"; echo 2 >\"$cache/new.o\"");
        folders.after(0);
        Files.writeString(source.resolve("later"), "from the host");
        Files.writeString(cache.resolve("later"), "too");
        folders.before();

        assertThat(source).isDirectoryNotContaining("glob:**shared");
        assertThat(source.resolve("new")).hasContent("1");
        assertThat(cache.resolve("new")).hasContent("2");
        assertThat(cache.resolve("new.o")).doesNotExist();
        assertThat(cache.resolve("old.o")).exists();
        assertThat(guestDoes("cat later \"$cache/later\"")).isEqualTo("from the hosttoo");
        assertThat(said()).isEmpty();
        assertThat(timeline.events())
                .filteredOn(event -> event.kind() == Timeline.Kind.FILES_IN)
                .extracting(Timeline.Event::detail)
                .anyMatch(detail -> detail.startsWith(source + ": "))
                .anyMatch(detail -> detail.startsWith(cache + ": ") && detail.contains("(tar)"));
    }

    @Test
    void warningsNameTheFolder() throws Exception {
        start(SyncMode.TAR);
        guestDoes("echo longer >shared; echo longer >\"$cache/shared\"");
        Files.writeString(cache.resolve("shared"), "changed meanwhile");

        folders.after(0);

        assertThat(said().lines())
                .singleElement()
                .asString()
                .startsWith("qemu-sh: warning: " + cache + ": Changed in the guest and here");
    }

    @Test
    void folderThatIsGoneKeepsNoOtherFromComingBack() throws Exception {
        start(SyncMode.TAR);
        guestDoes("echo 1 >new; echo 2 >\"$cache/new\"");
        FileTree.delete(source);

        folders.after(3);

        assertThat(cache.resolve("new")).hasContent("2");
        assertThat(said()).startsWith("qemu-sh: " + source + ": ");
    }

    @Test
    void behindACommandThatSucceededItIsAFailureThatNamesTheFolder() throws Exception {
        start(SyncMode.TAR);
        guestDoes("echo 1 >new; echo 2 >\"$cache/new\"");
        FileTree.delete(source);

        assertThatThrownBy(() -> folders.after(0))
                .isInstanceOf(HostFailure.class)
                .hasMessageStartingWith(
                        "The command succeeded, but not all that it changed came back. " + source + ": ");
        assertThat(cache.resolve("new")).hasContent("2");
    }
}
