package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code make} goes by: which of two files is the newer one. */
class WorkspaceTimesTest {

    private static final int LOOPS = 100;

    @RegisterExtension
    final SyncedFolder folder = new SyncedFolder();

    @BeforeEach
    void makefile() throws Exception {
        folder.hostDoes("printf 'x.o: x.c\\n\\tcp x.c x.o\\n' >Makefile; echo 0 >x.c");
    }

    private void edit(int content) throws IOException {
        Files.writeString(folder.host().resolve("x.c"), content + "\n");
    }

    private void make() throws Exception {
        folder.guestDoes("/usr/bin/make -s; /usr/bin/make -q");
    }

    private void hostHasItsObject(int content) throws Exception {
        assertThat(folder.host().resolve("x.o")).hasContent(String.valueOf(content));
        folder.hostDoes("make -q");
    }

    @BothWays
    void editsWithinASecondOfABuildAreBuilt(SyncMode mode) throws Exception {
        folder.open(mode);
        for (int loop = 1; loop <= LOOPS; loop++) {
            edit(loop);
            folder.push();
            make();
            folder.pull();
            hostHasItsObject(loop);
        }
    }

    @BothWays
    void editsWithinASecondOfABuildAreBuiltByAMachineThatIsNew(SyncMode mode) throws Exception {
        for (int loop = 1; loop <= 10; loop++) {
            edit(loop);
            folder.open(mode);
            make();
            folder.pull();
            hostHasItsObject(loop);
        }
    }

    @BothWays
    void theOrderOfTheHostsOwnFilesIsKept(SyncMode mode) throws Exception {
        Instant second = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        String[] names = {"first", "a second", "third"};
        for (int at = 0; at < names.length; at++) {
            folder.hostDoes("echo >'" + names[at] + "'");
            FileTime time = FileTime.from(second.plusMillis(100L * at));
            Files.setLastModifiedTime(folder.host().resolve(names[at]), time);
        }
        folder.open(mode, "nothing/**");
        // Test looks at whole seconds in busybox, so it is not asked.
        assertThat(folder.guestDoes("find . -newer 'a second' ! -name . ! -name Makefile ! -name x.c"))
                .isEqualTo("./third");
        assertThat(folder.guestDoes("find . -newer first -name 'a second'")).isEqualTo("./a second");
    }

    @BothWays
    void aTimeThatWasSetTravels(SyncMode mode) throws Exception {
        folder.hostDoes("echo in >in; touch -d '2001-02-03 04:05:06.987654321' in");
        folder.open(mode);
        folder.guestDoes("touch -d '2002-03-04 05:06:07' out");
        folder.hostDoes("echo later >later; touch -d '2003-04-05 06:07:08.987654321' later");
        folder.push();
        folder.pull();
        assertThat(folder.guestDoes("stat -c %Y in later out | xargs")).isEqualTo("981173106 1049522828 1015218367");
        assertThat(Files.getLastModifiedTime(folder.host().resolve("out")).to(TimeUnit.SECONDS))
                .isEqualTo(1015218367);
    }

    @BothWays
    void whatTheGuestWritesKeepsItsNanoseconds(SyncMode mode) throws Exception {
        folder.open(mode);
        folder.guestDoes("echo out >out");
        folder.pull();
        String here =
                LocalGuest.run("stat", "-c", "%y", folder.host().resolve("out").toString());
        assertThat(folder.guestDoes("stat -c %y out")).isEqualTo(here);
    }

    @BothWays
    void aChangeOfTheModeAloneChangesNoTime(SyncMode mode) throws Exception {
        folder.hostDoes("echo host >host; touch -d '2001-02-03 04:05:06.987654321' host");
        folder.open(mode);
        edit(1);
        folder.push();
        String there = folder.guestDoes("stat -c %y x.c host");
        folder.hostDoes("stat -c %y x.c host >times; chmod 700 x.c");
        folder.push();
        assertThat(folder.guestDoes("stat -c %y x.c host; stat -c %a x.c")).isEqualTo(there + "\n700");
        folder.guestDoes("chmod 600 x.c host");
        folder.pull();
        folder.hostDoes("stat -c %y x.c host | cmp - times");
        assertThat(LocalGuest.run(
                        "stat", "-c", "%a", folder.host().resolve("x.c").toString()))
                .isEqualTo("600");
    }
}
