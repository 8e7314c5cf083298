package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the host cannot take is a failure that names it, and keeps nothing else from coming. */
class HostTroubleTest {
    @RegisterExtension
    final SyncedFolder folder = new SyncedFolder();

    @BothWays
    void whatCannotBeWrittenIsNamedAndTheRestComes(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir ro other; touch ro/old ro/older other/old");
        folder.open(mode);
        folder.makeReadOnly("ro");
        folder.guestDoes("echo n >ro/n; rm ro/old; echo changed >ro/older; mkdir ro/in; echo f >ro/in/f; ln -s n ro/l;"
                + " rm other/old; echo fine >other/fine; echo last >z");
        SyncReport report = folder.pull();
        assertThat(report.failure().orElseThrow())
                .hasMessageContainingAll("'ro/n'", "'ro/old'", "'ro/older'", "'ro/in'", "'ro/l'")
                .hasMessageNotContaining("'ro/in/f'");
        assertThat(report.failure().orElseThrow().help()).contains("right to write", "--sync-exclude");
        assertThat(folder.host().resolve("z")).hasContent("last");
        assertThat(folder.host().resolve("other/fine")).exists();
        assertThat(folder.host().resolve("other/old")).doesNotExist();
    }

    @BothWays
    void itComesAsSoonAsTheHostCanTakeIt(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p ro/deep; touch ro/old ro/deep/old");
        folder.open(mode);
        folder.makeReadOnly("ro");
        folder.guestDoes("echo n >ro/n; rm ro/old; rm -r ro/deep; mkdir ro/in; echo f >ro/in/f; ln ro/n ro/same");
        assertThat(folder.pull().failure()).isPresent();
        assertThat(folder.pull().failure()).as("nothing has changed").isPresent();
        folder.makeWritable();
        assertThat(folder.pull().failure()).isEmpty();
        folder.bothSidesAreEqual();
        assertThat(folder.pull().entries()).isZero();
    }

    @BothWays
    void whatTheHostHasPutInTheWayIsNamedAndTheRestComes(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir d; touch d/old");
        folder.open(mode);
        folder.hostDoes("rm -r d; ln -s /nowhere d");
        folder.guestDoes("echo new >d/new; echo fine >fine");
        assertThat(folder.pull().failure().orElseThrow()).hasMessageContaining("'d'");
        assertThat(folder.host().resolve("fine")).hasContent("fine");
    }

    @BothWays
    void filesThatThereIsNoRoomForStayInTheGuestTheLargestFirst(SyncMode mode) throws Exception {
        folder.open(mode, 1 << 20);
        folder.guestDoes("truncate -s 2M bomb; truncate -s 1000k large; truncate -s 100k medium; echo small >small");
        SyncReport report = folder.pull();
        assertThat(report.failure().orElseThrow()).hasMessageContainingAll("'bomb'", "'large'", "room");
        assertThat(folder.host().toFile().list()).containsExactlyInAnyOrder("medium", "small");
    }

    @BothWays
    void aFolderThatIsGoneIsAFailureThatNamesIt(SyncMode mode) throws Exception {
        folder.openAt("/var/lib/elsewhere", mode);
        folder.guestDoes("echo new >new");
        folder.hostDoes("rmdir \"$PWD\"");
        assertThatThrownBy(() -> folder.pull())
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining(folder.host() + " is gone");
    }

    @BothWays
    void whatThisUserMayNotReadIsNamed(SyncMode mode) throws Exception {
        assumeFalse(LocalGuest.run("id", "-u").equals("0"), "SKIPPED: root may read everything");
        folder.hostDoes("mkdir d; echo secret >d/secret; chmod 000 d/secret");
        assertThatThrownBy(() -> folder.open(mode))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("'d/secret'");
        folder.hostDoes("rm d/secret; chmod 000 d");
        assertThatThrownBy(() -> folder.open(mode))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining(folder.host() + "/d");
        folder.hostDoes("chmod 700 d");
    }
}
