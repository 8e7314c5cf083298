package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;

/** What the guest makes of the folder is on the host after a pull. */
class WorkspacePullTest {
    @RegisterExtension
    final SyncedFolder folder = new SyncedFolder();

    @BothWays
    void whatTheGuestMakesArrives(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p a/b; echo one >a/b/one; echo two >a/two");
        folder.open(mode);
        folder.guestDoes(
                """
                echo changed >>a/b/one; mkdir -p n/e/w empty; echo x >n/e/w/file; chmod 700 n; ln -s ../two a/b/link
                printf '#!/bin/sh\\n' >run; chmod 755 run; ln run hard; touch -d '2001-02-03 04:05:06' n/e/w/file
                touch 'with space' "$(printf 'new\\nline')" 'uml\u00e4ut' ./-dash 'back\\slash'
                ln -s "$PWD/a/two" absolute; ln -s nowhere dangling
                """);
        folder.pull();
        folder.bothSidesAreEqual();
        assertThat(folder.host().resolve("hard")).hasContent("#!/bin/sh");
    }

    @BothWays
    void deletionsTravel(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p gone/deep kept; touch gone/deep/x gone/y kept/a kept/b top");
        folder.open(mode);
        folder.guestDoes("rm -r gone top kept/a; touch fresh");
        folder.pull();
        folder.bothSidesAreEqual();
        folder.guestDoes("rm fresh");
        folder.pull();
        folder.bothSidesAreEqual();
    }

    @BothWays
    void aFolderMadeAnewKeepsNothingOfTheOldOne(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p d/sub e; touch d/old d/older d/sub/old e/old");
        folder.open(mode);
        folder.guestDoes("rm -r d e; mkdir -p d/sub e; touch d/new d/sub/new");
        folder.pull();
        folder.bothSidesAreEqual();
        folder.guestDoes("rm -r d; mkdir d; touch d/newest");
        folder.pull();
        folder.bothSidesAreEqual();
    }

    @BothWays
    void aFolderThatWasMovedArrivesUnderItsNewName(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p from/deep; echo x >from/deep/x; echo y >from/y");
        folder.open(mode);
        folder.guestDoes("mv from to; mkdir from; mv to/y from/z");
        folder.pull();
        folder.bothSidesAreEqual();
    }

    @BothWays
    void entriesMayChangeTheirKind(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p d1/x d2; touch f1 f2 d1/x/y d2/z; ln -s f1 l1; ln -s f1 l2");
        folder.open(mode);
        folder.guestDoes(
                "rm -r d1 d2 f1 f2 l1 l2; echo file >d1; ln -s d1 d2; mkdir f1; touch f1/in; ln -s d1 f2; mkdir l1;"
                        + " echo x >l2");
        folder.pull();
        folder.bothSidesAreEqual();
        folder.guestDoes("rm -r d1 f1 l1; mkdir d1; touch d1/new; ln -s d1 f1; echo file >l1");
        folder.pull();
        folder.bothSidesAreEqual();
    }

    @BothWays
    void aChangeThatKeepsSizeAndTimeIsSeen(SyncMode mode) throws Exception {
        folder.hostDoes("echo aaa >file; touch -d '2001-02-03 04:05:06' file");
        folder.open(mode);
        folder.guestDoes("echo bbb >file; touch -d '2001-02-03 04:05:06' file");
        folder.pull();
        assertThat(folder.host().resolve("file")).hasContent("bbb");
        folder.guestDoes("echo ccc >file; touch -d '2001-02-03 04:05:06' file");
        folder.pull();
        assertThat(folder.host().resolve("file")).hasContent("ccc");
    }

    @BothWays
    void largeFilesWithHolesSurviveAndStaySmall(SyncMode mode) throws Exception {
        folder.open(mode);
        folder.guestDoes("truncate -s 200M big; echo end >>big");
        folder.pull();
        assertThat(folder.host().resolve("big")).hasSize((200L << 20) + 4);
        long blocks = Long.parseLong(
                LocalGuest.run("stat", "-c", "%b", folder.host().resolve("big").toString()));
        assertThat(blocks * 512).isLessThan(1 << 20);
    }

    @BothWays
    void changesMadeDuringPullsAreNeverLost(SyncMode mode) throws Exception {
        folder.open(mode);
        Thread writer = new Thread(() -> {
            try {
                folder.guestDoes(
                        "for i in $(seq 1 400); do echo $i >f$((i % 7)); mkdir -p d$((i % 5)); echo $i >d$((i % 5))/f;"
                                + " [ $((i % 3)) != 0 ] || rm -r d$((i % 5)); done");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        while (writer.isAlive()) {
            folder.pull();
        }
        folder.pull();
        folder.bothSidesAreEqual();
    }

    @BothWays
    void aGuestWithFewPrivilegesOfItsOwnReadsReadOnlyFolders(SyncMode mode) throws Exception {
        folder.open(mode);
        folder.guestDoes("mkdir -p ro/in; echo x >ro/in/x; chmod 555 ro/in ro");
        folder.pull();
        folder.bothSidesAreEqual();
        folder.guestDoes("echo y >ro/in/x; echo z >ro/in/z");
        folder.pull();
        folder.bothSidesAreEqual();
        folder.hostDoes("chmod -R u+w ro");
    }
}
