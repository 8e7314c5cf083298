package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of the host's files is not the guest's to change: special bits, owners, groups; and how many files they are. */
class WorkspaceOwnersTest {
    @RegisterExtension
    final SyncedFolder folder = new SyncedFolder();

    private String onHost(String format, String name) throws Exception {
        return LocalGuest.run("stat", "-c", format, folder.host().resolve(name).toString());
    }

    @BothWays
    void foldersKeepTheirSpecialBits(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir sg st; chmod 2775 sg; chmod 1777 st");
        folder.open(mode);
        folder.bothSidesAreEqual();
        folder.guestDoes("echo x >sg/f; echo x >st/f; mkdir st/d");
        folder.pull();
        assertThat(onHost("%a", "sg")).isEqualTo("2775");
        assertThat(onHost("%a", "st")).isEqualTo("1777");
        folder.guestDoes("chmod 2755 sg; chmod 700 st");
        folder.pull();
        assertThat(onHost("%a", "sg")).isEqualTo("2755");
        assertThat(onHost("%a", "st")).as("only permissions are the guest's").isEqualTo("1700");
    }

    @BothWays
    void whatIsNewInASetgidFolderInheritsTheGroup(SyncMode mode) throws Exception {
        assumeTrue(onHost("%u", ".").equals("0"), "SKIPPED: giving a folder another group needs root");
        folder.hostDoes("mkdir sg; chgrp 7 sg; chmod 2775 sg");
        folder.open(mode);
        folder.guestDoes("mkdir -p sg/new/deep; echo x >sg/new/deep/f; ln -s f sg/new/deep/l");
        folder.pull();
        assertThat(onHost("%g %a", "sg/new")).isEqualTo("7 2755");
        assertThat(onHost("%g %a", "sg/new/deep")).isEqualTo("7 2755");
        assertThat(onHost("%g %a", "sg/new/deep/f")).isEqualTo("7 644");
    }

    @BothWays
    void aFileKeepsItsOwnerWhenItsContentIsReplaced(SyncMode mode) throws Exception {
        assumeTrue(onHost("%u", ".").equals("0"), "SKIPPED: giving a file away needs root");
        folder.hostDoes("echo 1 >f; chown 12:34 f; chmod 664 f; echo 1 >s; chown 12:34 s; chmod 4755 s");
        folder.open(mode);
        folder.guestDoes("echo 2 >>f; rm s; echo 2 >s; chmod 755 s");
        folder.pull();
        assertThat(folder.host().resolve("f")).hasContent("1\n2");
        assertThat(onHost("%u %g %a", "f")).isEqualTo("12 34 664");
        assertThat(onHost("%u %g %a", "s")).as("but not a setuid bit").isEqualTo("12 34 755");
    }

    @BothWays
    void twoNamesOfOneFileStayOneFile(SyncMode mode) throws Exception {
        assumeNamesStayTogether(mode);
        folder.hostDoes("mkdir d; echo 1 >a; ln a d/b; ln a c; echo 1 >single");
        folder.open(mode);
        folder.guestDoes("echo 2 >>a; cat d/b");
        assertThat(folder.guestDoes("cat d/b")).isEqualTo("1\n2");
        folder.pull();
        folder.hostDoes("echo 3 >>d/b; test a -ef c");
        assertThat(folder.host().resolve("a")).hasContent("1\n2\n3");
        folder.push();
        assertThat(folder.guestDoes("echo 4 >>c; cat a")).isEqualTo("1\n2\n3\n4");
        folder.guestRests();
        folder.pull();
        folder.hostDoes("test a -ef d/b; test a -ef c");
        folder.bothSidesAreEqual();
        assertThat(folder.push().entries()).isZero();
        assertThat(folder.pull().entries()).isZero();
    }

    @BothWays
    void aNameThatTheGuestTookAwayFromAFileIsAFileOfItsOwn(SyncMode mode) throws Exception {
        assumeNamesStayTogether(mode);
        folder.hostDoes("echo 1 >a; ln a b; ln a c; ln a gone");
        folder.open(mode);
        folder.guestDoes("rm b gone; echo other >b; echo 2 >>a");
        folder.pull();
        assertThat(folder.host().resolve("b")).hasContent("other");
        assertThat(Files.exists(folder.host().resolve("gone"))).isFalse();
        folder.hostDoes("test a -ef c");
        folder.bothSidesAreEqual();
    }

    /** The kernel keeps an overlay's index for the real root alone, as which a guest mounts it. */
    private void assumeNamesStayTogether(SyncMode mode) throws Exception {
        boolean root = onHost("%u", ".").equals("0");
        assumeTrue(root || mode != SyncMode.DISK, "SKIPPED: an overlay in a user namespace has no index");
    }
}
