package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a pull must leave alone, on either side. */
class WorkspaceLimitsTest {
    @RegisterExtension
    final SyncedFolder folder = new SyncedFolder();

    @BothWays
    void excludedFilesStayOnTheirSide(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p .git/objects src; echo host >.git/config; echo host >src/a.o; echo c >src/a.c");
        folder.open(mode, ".git/**", "**/*.o");
        assertThat(folder.guestDoes("ls -A . src")).doesNotContain(".git", "a.o");
        folder.guestDoes(
                "mkdir .git; echo guest >.git/config; echo guest >src/a.o; echo guest >src/b.o; rm -r src; mkdir src");
        folder.pull();
        assertThat(folder.host().resolve(".git/config")).hasContent("host");
        assertThat(folder.host().resolve("src/a.o")).hasContent("host");
        assertThat(folder.host().resolve("src/a.c")).doesNotExist();
        assertThat(folder.host().resolve("src/b.o")).doesNotExist();
    }

    @BothWays
    void aFolderWithExcludedFilesIsNotOverwritten(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir d; echo host >d/a.o");
        folder.open(mode, "**/*.o");
        folder.guestDoes("rm -r d; echo file >d");
        assertThatThrownBy(() -> folder.pull()).isInstanceOf(HostFailure.class).hasMessageContaining("'d'");
        assertThat(folder.host().resolve("d/a.o")).hasContent("host");
    }

    @BothWays
    void aPullDeletesNothingThatIsNewOnTheHost(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir d; touch d/old");
        folder.open(mode);
        folder.hostDoes("touch d/new");
        folder.guestDoes("rm -r d");
        folder.pull();
        assertThat(folder.host().resolve("d/old")).doesNotExist();
        assertThat(folder.host().resolve("d/new")).exists();
    }

    @BothWays
    void whatMustNotComeOutIsRefusedByNameAndTheRestComes(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir d");
        folder.open(mode);
        folder.guestDoes(
                "ln -s /etc/passwd absolute; ln -s ../../up d/up; ln -s d/../../x d/sly; mkfifo pipe; echo x >setuid;"
                        + " chmod 4755 setuid; echo fine >fine");
        assertThatThrownBy(() -> folder.pull())
                .isInstanceOf(GuestFailure.class)
                .hasMessageContainingAll("'absolute'", "/etc/passwd", "'d/up'", "'d/sly'", "'pipe'", "'setuid'");
        assertThat(folder.host().toFile().list()).containsExactlyInAnyOrder("d", "fine");
        assertThat(folder.host().resolve("d")).isEmptyDirectory();
        assertThatThrownBy(() -> folder.pull()).as("it is still there").isInstanceOf(GuestFailure.class);
        folder.guestDoes("rm absolute d/up d/sly pipe setuid");
        folder.pull();
        folder.bothSidesAreEqual();
    }

    @BothWays
    void moreThanThereIsRoomForIsRefusedBeforeItIsWritten(SyncMode mode) throws Exception {
        folder.open(mode, 1 << 20);
        folder.guestDoes("truncate -s 2M bomb");
        assertThatThrownBy(() -> folder.pull()).isInstanceOf(GuestFailure.class).hasMessageContaining("room");
        assertThat(folder.host()).isEmptyDirectory();
    }
}
