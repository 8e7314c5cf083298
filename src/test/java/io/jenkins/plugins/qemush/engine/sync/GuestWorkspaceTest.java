package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways of synchronising behave alike; busybox runs the guest's scripts for real. */
class GuestWorkspaceTest {

    @TempDir
    Path temp;

    private Path host;
    private LocalGuest guest;
    private GuestWorkspace workspace;

    @BeforeEach
    void makeFolder() throws IOException {
        host = Files.createDirectory(temp.resolve("work space ü"));
    }

    @AfterEach
    void endGuest() throws Exception {
        if (guest != null) {
            guest.close();
        }
    }

    private void open(SyncMode mode, String... excludes) throws Exception {
        open(mode, Long.MAX_VALUE, excludes);
    }

    private void open(SyncMode mode, long maximumBytes, String... excludes) throws Exception {
        guest = new LocalGuest(temp, mode == SyncMode.DISK);
        WorkspaceSpec spec = new WorkspaceSpec(
                host, host.toString(), GuestOwner.named("root"), Excludes.of(excludes), mode, maximumBytes);
        workspace = PreparedWorkspace.prepare(spec, Optional.of(LocalGuest.disk(temp)))
                .enter(guest);
    }

    private String guestDoes(String script) throws Exception {
        return guest.sh(host, script);
    }

    private void hostDoes(String script) throws Exception {
        LocalGuest.run("sh", "-c", "set -e; cd \"$1\"; " + script, "sh", host.toString());
    }

    /** Everything of a tree that counts: names, kinds, modes, times, content, link targets. */
    private static final String DESCRIBE =
            """
            find . -mindepth 1 -exec sh -c 'for f; do
                case $(stat -c %f "$f") in
                    a*) echo "$f -> $(readlink "$f")";;
                    4*) echo "$f $(stat -c %a "$f")";;
                    *) echo "$f $(stat -c "%a %s %Y" "$f") $(md5sum <"$f")";;
                esac
            done' sh {} + | sort
            """;

    private void bothSidesAreEqual() throws Exception {
        String here = LocalGuest.run("sh", "-c", "cd \"$1\"; " + DESCRIBE, "sh", host.toString());
        assertThat(guestDoes(DESCRIBE)).isEqualTo(here);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void theGuestSeesTheHostsFolder(SyncMode mode) throws Exception {
        hostDoes(
                """
                mkdir -p src/deep empty; echo hello >src/deep/file; echo '#!/bin/sh' >run; chmod 755 run
                chmod 640 src/deep/file; ln -s src/deep/file link; ln -s nowhere dangling; ln run hard
                touch -d '2001-02-03 04:05:06' src/deep/file; touch "$(printf 'new\\nline')" 'back\\slash' ' x ' ./-dash
                """);
        open(mode);
        bothSidesAreEqual();
        assertThat(guestDoes("cat link")).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void whatTheGuestMakesArrives(SyncMode mode) throws Exception {
        hostDoes("mkdir -p a/b; echo one >a/b/one; echo two >a/two");
        open(mode);
        guestDoes(
                """
                echo changed >>a/b/one; mkdir -p n/e/w empty; echo x >n/e/w/file; chmod 700 n; ln -s ../two a/b/link
                printf '#!/bin/sh\\n' >run; chmod 755 run; ln run hard; touch -d '2001-02-03 04:05:06' n/e/w/file
                touch 'with space' "$(printf 'new\\nline')" 'uml\u00e4ut' ./-dash 'back\\slash'
                ln -s "$PWD/a/two" absolute; ln -s nowhere dangling
                """);
        workspace.pull();
        bothSidesAreEqual();
        assertThat(host.resolve("hard")).hasContent("#!/bin/sh");
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void namesThatAreNotTextSurviveBothWays(SyncMode mode) throws Exception {
        hostDoes("printf in >\"$(printf 'h\\377\\376')\"; ln -s \"$(printf 'h\\377\\376')\" \"$(printf 'l\\344')\"");
        open(mode);
        guestDoes("cat \"$(printf 'l\\344')\"; printf out >\"$(printf 'g\\377\\376')\"; "
                + "ln -s \"$(printf 'g\\377\\376')\" \"$(printf 'm\\344')\"");
        workspace.pull();
        bothSidesAreEqual();
        hostDoes("test \"$(cat \"$(printf 'm\\344')\")\" = out");
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void longNamesSurviveBothWays(SyncMode mode) throws Exception {
        String part = "p".repeat(120);
        hostDoes("mkdir -p " + part + "/" + part + "; echo in >" + part + "/" + part + "/" + part + "; ln -s " + part
                + "/" + part + "/" + part + " link");
        open(mode);
        guestDoes("echo out >" + part + "/" + part + "/out" + part + "; ln -s " + part + "/" + part + "/out" + part
                + " back");
        workspace.pull();
        bothSidesAreEqual();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void deletionsTravel(SyncMode mode) throws Exception {
        hostDoes("mkdir -p gone/deep kept; touch gone/deep/x gone/y kept/a kept/b top");
        open(mode);
        guestDoes("rm -r gone top kept/a; touch fresh");
        workspace.pull();
        bothSidesAreEqual();
        guestDoes("rm fresh");
        workspace.pull();
        bothSidesAreEqual();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void aFolderMadeAnewKeepsNothingOfTheOldOne(SyncMode mode) throws Exception {
        hostDoes("mkdir -p d/sub e; touch d/old d/older d/sub/old e/old");
        open(mode);
        guestDoes("rm -r d e; mkdir -p d/sub e; touch d/new d/sub/new");
        workspace.pull();
        bothSidesAreEqual();
        guestDoes("rm -r d; mkdir d; touch d/newest");
        workspace.pull();
        bothSidesAreEqual();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void aFolderThatWasMovedArrivesUnderItsNewName(SyncMode mode) throws Exception {
        hostDoes("mkdir -p from/deep; echo x >from/deep/x; echo y >from/y");
        open(mode);
        guestDoes("mv from to; mkdir from; mv to/y from/z");
        workspace.pull();
        bothSidesAreEqual();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void entriesMayChangeTheirKind(SyncMode mode) throws Exception {
        hostDoes("mkdir -p d1/x d2; touch f1 f2 d1/x/y d2/z; ln -s f1 l1; ln -s f1 l2");
        open(mode);
        guestDoes("rm -r d1 d2 f1 f2 l1 l2; echo file >d1; ln -s d1 d2; mkdir f1; touch f1/in; ln -s d1 f2; mkdir l1;"
                + " echo x >l2");
        workspace.pull();
        bothSidesAreEqual();
        guestDoes("rm -r d1 f1 l1; mkdir d1; touch d1/new; ln -s d1 f1; echo file >l1");
        workspace.pull();
        bothSidesAreEqual();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void whatTheHostChangesReachesTheGuest(SyncMode mode) throws Exception {
        hostDoes("mkdir -p a gone/x; echo 1 >a/one; echo 2 >a/two; touch gone/x/y becomes; ln -s a l");
        open(mode);
        hostDoes("echo longer >a/one; rm a/two; rm -r gone; rm becomes; mkdir becomes; echo n >becomes/new;"
                + " rm l; echo file >l; mkdir -p more/empty; chmod 755 a/one");
        SyncReport report = workspace.push();
        bothSidesAreEqual();
        assertThat(report.entries()).isEqualTo(6);
        assertThat(workspace.push().entries()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void onlyWhatChangedTravels(SyncMode mode) throws Exception {
        hostDoes("for i in 1 2 3 4 5 6 7 8 9; do echo $i >f$i; done");
        open(mode);
        assertThat(workspace.pull().entries()).isZero();
        guestDoes("echo more >>f3; chmod 600 f4");
        assertThat(workspace.pull().entries()).isEqualTo(2);
        assertThat(workspace.push().entries()).as("what came is not sent back").isZero();
        hostDoes("echo host >f5");
        assertThat(workspace.push().entries()).isEqualTo(1);
        assertThat(workspace.pull().entries())
                .as("what was sent does not come back")
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void aChangeThatKeepsSizeAndTimeIsSeen(SyncMode mode) throws Exception {
        hostDoes("echo aaa >file; touch -d '2001-02-03 04:05:06' file");
        open(mode);
        guestDoes("echo bbb >file; touch -d '2001-02-03 04:05:06' file");
        workspace.pull();
        assertThat(host.resolve("file")).hasContent("bbb");
        guestDoes("echo ccc >file; touch -d '2001-02-03 04:05:06' file");
        workspace.pull();
        assertThat(host.resolve("file")).hasContent("ccc");
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void excludedFilesStayOnTheirSide(SyncMode mode) throws Exception {
        hostDoes("mkdir -p .git/objects src; echo host >.git/config; echo host >src/a.o; echo c >src/a.c");
        open(mode, ".git/**", "**/*.o");
        assertThat(guestDoes("ls -A . src")).doesNotContain(".git", "a.o");
        guestDoes(
                "mkdir .git; echo guest >.git/config; echo guest >src/a.o; echo guest >src/b.o; rm -r src; mkdir src");
        workspace.pull();
        assertThat(host.resolve(".git/config")).hasContent("host");
        assertThat(host.resolve("src/a.o")).hasContent("host");
        assertThat(host.resolve("src/a.c")).doesNotExist();
        assertThat(host.resolve("src/b.o")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void aFolderWithExcludedFilesIsNotOverwritten(SyncMode mode) throws Exception {
        hostDoes("mkdir d; echo host >d/a.o");
        open(mode, "**/*.o");
        guestDoes("rm -r d; echo file >d");
        assertThatThrownBy(() -> workspace.pull())
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("'d'");
        assertThat(host.resolve("d/a.o")).hasContent("host");
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void aPullDeletesNothingThatIsNewOnTheHost(SyncMode mode) throws Exception {
        hostDoes("mkdir d; touch d/old");
        open(mode);
        hostDoes("touch d/new");
        guestDoes("rm -r d");
        workspace.pull();
        assertThat(host.resolve("d/old")).doesNotExist();
        assertThat(host.resolve("d/new")).exists();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void largeFilesWithHolesSurviveAndStaySmall(SyncMode mode) throws Exception {
        open(mode);
        guestDoes("truncate -s 200M big; echo end >>big");
        workspace.pull();
        assertThat(host.resolve("big")).hasSize((200L << 20) + 4);
        long blocks = Long.parseLong(
                LocalGuest.run("stat", "-c", "%b", host.resolve("big").toString()));
        assertThat(blocks * 512).isLessThan(1 << 20);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void whatMustNotComeOutIsRefusedByNameAndTheRestComes(SyncMode mode) throws Exception {
        hostDoes("mkdir d");
        open(mode);
        guestDoes("ln -s /etc/passwd absolute; ln -s ../../up d/up; ln -s d/../../x d/sly; mkfifo pipe; echo x >setuid;"
                + " chmod 4755 setuid; echo fine >fine");
        assertThatThrownBy(() -> workspace.pull())
                .isInstanceOf(GuestFailure.class)
                .hasMessageContainingAll("'absolute'", "/etc/passwd", "'d/up'", "'d/sly'", "'pipe'", "'setuid'");
        assertThat(host.toFile().list()).containsExactlyInAnyOrder("d", "fine");
        assertThat(host.resolve("d")).isEmptyDirectory();
        assertThatThrownBy(() -> workspace.pull()).as("it is still there").isInstanceOf(GuestFailure.class);
        guestDoes("rm absolute d/up d/sly pipe setuid");
        workspace.pull();
        bothSidesAreEqual();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void moreThanThereIsRoomForIsRefusedBeforeItIsWritten(SyncMode mode) throws Exception {
        open(mode, 1 << 20);
        guestDoes("truncate -s 2M bomb");
        assertThatThrownBy(() -> workspace.pull())
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("room");
        assertThat(host).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void changesMadeDuringPullsAreNeverLost(SyncMode mode) throws Exception {
        open(mode);
        Thread writer = new Thread(() -> {
            try {
                guestDoes(
                        "for i in $(seq 1 400); do echo $i >f$((i % 7)); mkdir -p d$((i % 5)); echo $i >d$((i % 5))/f;"
                                + " [ $((i % 3)) != 0 ] || rm -r d$((i % 5)); done");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        while (writer.isAlive()) {
            workspace.pull();
        }
        workspace.pull();
        bothSidesAreEqual();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
    void aGuestWithFewPrivilegesOfItsOwnReadsReadOnlyFolders(SyncMode mode) throws Exception {
        open(mode);
        guestDoes("mkdir -p ro/in; echo x >ro/in/x; chmod 555 ro/in ro");
        workspace.pull();
        bothSidesAreEqual();
        guestDoes("echo y >ro/in/x; echo z >ro/in/z");
        workspace.pull();
        bothSidesAreEqual();
        hostDoes("chmod -R u+w ro");
    }
}
