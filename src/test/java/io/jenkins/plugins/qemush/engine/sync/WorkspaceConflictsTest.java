package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Conflicts;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What both sides changed while a command ran, or two machines of one folder, is told by its name. */
class WorkspaceConflictsTest {
    @RegisterExtension
    final SyncedFolder folder = new SyncedFolder();

    @BothWays
    void theGuestsChangeReplacesTheHostsWithAWarning(SyncMode mode) throws Exception {
        folder.hostDoes("echo old >f; echo old >g; ln -s old l");
        folder.open(mode);
        folder.guestDoes("echo guest >f; echo guest >g; echo guest >new; rm l; ln -s guest l");
        folder.hostDoes("echo host >f; echo 'host, too' >new; rm l; ln -s host l");
        SyncReport report = folder.pull();
        assertThat(report.failure()).isEmpty();
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .contains("'f'", "'new'", "'l'", "--on-conflict fail")
                .doesNotContain("'g'");
        folder.bothSidesAreEqual();
        assertThat(folder.host().resolve("f")).hasContent("guest");
        folder.guestDoes("echo again >f");
        folder.hostDoes("echo 'host again' >f");
        assertThat(folder.pull().warnings()).as("each time").isNotEmpty();
    }

    @BothWays
    void theHostsChangeStaysAndFailsIfThatIsWanted(SyncMode mode) throws Exception {
        folder.hostDoes("echo old >f; echo old >h");
        folder.open(mode);
        folder.choose(new SyncPolicy(null, null, Conflicts.FAIL, null));
        folder.guestDoes("echo guest >f; rm h; echo fine >fine");
        folder.hostDoes("echo host >f; echo host >h");
        assertThat(folder.pull().failure().orElseThrow()).hasMessageContainingAll("'f'", "'h'");
        assertThat(folder.host().resolve("f")).hasContent("host");
        assertThat(folder.host().resolve("h")).hasContent("host");
        assertThat(folder.host().resolve("fine")).exists();
        folder.push();
        assertThat(folder.pull().failure()).as("the host's has gone in").isEmpty();
        folder.bothSidesAreEqual();
    }

    @BothWays
    void aDeletionInTheGuestKeepsWhatIsNewerOnTheHost(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p d/deep; echo old >h; echo old >d/deep/h; echo old >d/gone");
        folder.open(mode);
        folder.guestDoes("rm -r h d");
        folder.hostDoes("echo newer >h; echo newer >d/deep/h");
        SyncReport report = folder.pull();
        assertThat(report.warnings()).singleElement().asString().contains("'h'", "'d/deep/h'", "kept");
        assertThat(folder.host().resolve("h")).hasContent("newer");
        assertThat(folder.host().resolve("d/gone")).doesNotExist();
        folder.push();
        folder.bothSidesAreEqual();
        assertThat(folder.guestDoes("cat d/deep/h")).isEqualTo("newer");
    }

    /** Two machines that build the same, for instance. */
    @BothWays
    void theSameChangeOnBothSidesIsNoConflict(SyncMode mode) throws Exception {
        folder.hostDoes("echo old >f; ln -s old l");
        folder.open(mode);
        folder.guestDoes("echo same >f; rm l; ln -s same l");
        folder.hostDoes("echo same >f; rm l; ln -s same l");
        assertThat(folder.pull().warnings()).isEmpty();
        folder.bothSidesAreEqual();
    }

    @BothWays
    void whatOnlyOneSideChangesIsNoConflict(SyncMode mode) throws Exception {
        folder.hostDoes("echo 1 >a; echo 1 >b; echo 1 >c; echo 1 >d");
        folder.open(mode);
        folder.guestDoes("echo 2 >a; rm c");
        folder.hostDoes("echo 2 >b; chmod 600 a; rm d");
        assertThat(folder.pull().warnings()).isEmpty();
        folder.push();
        folder.guestDoes("echo 3 >a; echo 3 >b");
        assertThat(folder.pull().warnings()).isEmpty();
    }
}
