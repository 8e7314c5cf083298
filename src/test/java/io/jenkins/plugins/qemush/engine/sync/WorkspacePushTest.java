package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;

/** What lies and changes on the host is in the guest, and no more travels than must. */
class WorkspacePushTest {
    @RegisterExtension
    final SyncedFolder folder = new SyncedFolder();

    @BothWays
    void theGuestSeesTheHostsFolder(SyncMode mode) throws Exception {
        folder.hostDoes(
                """
                mkdir -p src/deep empty; echo hello >src/deep/file; echo '#!/bin/sh' >run; chmod 755 run
                chmod 640 src/deep/file; ln -s src/deep/file link; ln -s nowhere dangling; ln run hard
                touch -d '2001-02-03 04:05:06' src/deep/file; touch "$(printf 'new\\nline')" 'back\\slash' ' x ' ./-dash
                """);
        folder.open(mode);
        folder.bothSidesAreEqual();
        assertThat(folder.guestDoes("cat link")).isEqualTo("hello");
    }

    @BothWays
    void whatTheHostChangesReachesTheGuest(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p a gone/x; echo 1 >a/one; echo 2 >a/two; touch gone/x/y becomes; ln -s a l");
        folder.open(mode);
        folder.hostDoes("echo longer >a/one; rm a/two; rm -r gone; rm becomes; mkdir becomes; echo n >becomes/new;"
                + " rm l; echo file >l; mkdir -p more/empty; chmod 755 a/one");
        SyncReport report = folder.push();
        folder.bothSidesAreEqual();
        assertThat(report.entries()).isEqualTo(6);
        assertThat(folder.push().entries()).isZero();
    }

    /** A build's workspace is empty at first, and its temporary folders never travel. */
    @BothWays
    void emptyFolderEntersThoughSomethingIsExcluded(SyncMode mode) throws Exception {
        folder.open(mode, "*@tmp/**");
        assertThat(folder.guestDoes("echo made >file; ls -A")).isEqualTo("file");
        assertThat(folder.pull().entries()).isEqualTo(1);
    }

    @BothWays
    void onlyWhatChangedTravels(SyncMode mode) throws Exception {
        folder.hostDoes("for i in 1 2 3 4 5 6 7 8 9; do echo $i >f$i; done");
        folder.open(mode);
        assertThat(folder.pull().entries()).isZero();
        folder.guestDoes("echo more >>f3; chmod 600 f4");
        folder.guestRests();
        assertThat(folder.pull().entries()).isEqualTo(2);
        assertThat(folder.push().entries()).as("what came is not sent back").isZero();
        folder.hostDoes("echo host >f5");
        assertThat(folder.push().entries()).isEqualTo(1);
        assertThat(folder.pull().entries())
                .as("what was sent does not come back")
                .isZero();
    }
}
