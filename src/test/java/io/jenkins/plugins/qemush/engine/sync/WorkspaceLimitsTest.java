package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(folder.pull().failure().orElseThrow()).hasMessageContaining("'d'");
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
}
