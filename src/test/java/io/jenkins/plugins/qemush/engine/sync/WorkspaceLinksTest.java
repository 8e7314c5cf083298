package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Git;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.Links;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy.SetId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What must not come out of a guest just like that costs a warning and nothing else, and comes if that is wanted. */
class WorkspaceLinksTest {
    private static final String ODD =
            "ln -s /etc/passwd absolute; ln -s ../../up d/up; ln -s d/../../x d/sly; mkfifo pipe; echo x >setuid;"
                    + " chmod 4755 setuid; echo fine >fine";

    private static final SyncPolicy KEEP = new SyncPolicy(Links.KEEP, SetId.KEEP, null, Git.KEEP);

    @RegisterExtension
    final SyncedFolder folder = new SyncedFolder();

    @BothWays
    void whatMustNotComeOutIsNamedAndTheRestComes(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir d");
        folder.open(mode);
        folder.guestDoes(ODD);
        SyncReport report = folder.pull();
        assertThat(report.failure()).isEmpty();
        assertThat(String.join("\n", report.warnings()))
                .contains("'absolute' -> '/etc/passwd'", "'d/up'", "'d/sly'", "'pipe'", "'setuid'")
                .contains("--sync-links keep", "--sync-setid keep");
        assertThat(folder.host().toFile().list()).containsExactlyInAnyOrder("d", "fine", "setuid");
        assertThat(folder.host().resolve("d")).isEmptyDirectory();
        assertThat(mode(folder.host().resolve("setuid"))).isEqualTo(0755);
    }

    @BothWays
    void itIsToldOnceAndCostsLaterCommandsNothing(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir d");
        folder.open(mode);
        folder.guestDoes(ODD);
        folder.pull();
        folder.guestDoes("rm absolute; ln -s /etc/passwd absolute; echo more >more");
        folder.guestRests();
        SyncReport report = folder.pull();
        assertThat(report.warnings()).isEmpty();
        assertThat(folder.host().resolve("more")).exists();
        assertThat(folder.pull().entries()).as("nothing is asked for again").isZero();
        folder.guestDoes("rm absolute; ln -s /etc/group absolute");
        assertThat(folder.pull().warnings()).singleElement().asString().contains("/etc/group");
    }

    @BothWays
    void linksAndBitsThatAreToBeKeptComeBackAsTheyAre(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir d");
        folder.open(mode);
        folder.guestDoes(ODD + "; rm pipe");
        folder.choose(KEEP);
        SyncReport report = folder.pull();
        assertThat(report.warnings()).isEmpty();
        folder.bothSidesAreEqual();
        assertThat(mode(folder.host().resolve("setuid"))).isEqualTo(04755);
        assertThat(Files.readSymbolicLink(folder.host().resolve("absolute"))).hasToString("/etc/passwd");
    }

    /** As the warning of the command before has advised. */
    @BothWays
    void whatWasLeftBehindComesWithALaterCommandThatKeepsIt(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir d");
        folder.open(mode);
        folder.guestDoes(ODD + "; rm pipe");
        folder.pull();
        folder.choose(KEEP);
        folder.pull();
        folder.bothSidesAreEqual();
        assertThat(mode(folder.host().resolve("setuid"))).isEqualTo(04755);
    }

    @BothWays
    void whatGitWouldRunStaysInTheGuest(SyncMode mode) throws Exception {
        folder.hostDoes(
                "mkdir -p .git/hooks .git/modules/a/b; echo ours >.git/config; echo ours >.git/modules/a/b/config");
        folder.open(mode);
        folder.guestDoes(
                "echo evil >.git/config; echo evil >.git/modules/a/b/config; echo evil >.git/hooks/post-checkout;"
                        + " mkdir sub; echo 'gitdir: /evil' >sub/.git; echo fine >.git/index; echo fine >config");
        SyncReport report = folder.pull();
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .contains(
                        "'.git/config'",
                        "'.git/modules/a/b/config'",
                        "'.git/hooks/post-checkout'",
                        "'sub/.git'",
                        "--sync-git keep");
        assertThat(folder.host().resolve(".git/config")).hasContent("ours");
        assertThat(folder.host().resolve(".git/hooks")).isEmptyDirectory();
        assertThat(folder.host().resolve(".git/index")).hasContent("fine");
        assertThat(folder.host().resolve("config")).hasContent("fine");
        folder.choose(KEEP);
        folder.pull();
        folder.bothSidesAreEqual();
    }

    @BothWays
    void fileThatNamesARepositoryTakesNoRepositorysPlace(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p .git; echo ours >.git/HEAD");
        folder.open(mode);
        folder.guestDoes("rm -r .git; echo 'gitdir: /evil' >.git");
        assertThat(folder.pull().warnings()).singleElement().asString().contains("'.git'");
        assertThat(folder.host().resolve(".git").toFile().isFile()).isFalse();
    }

    @BothWays
    void linksThatAreToBeRefusedAreAFailureAndTheRestComes(SyncMode mode) throws Exception {
        folder.open(mode);
        folder.choose(new SyncPolicy(Links.REFUSE, null, null, null));
        folder.guestDoes("ln -s /etc/passwd absolute; echo fine >fine");
        assertThat(folder.pull().failure().orElseThrow()).hasMessageContainingAll("'absolute'", "/etc/passwd");
        assertThat(folder.host().toFile().list()).containsExactly("fine");
        assertThat(folder.pull().failure()).as("it is still there").isPresent();
        folder.guestDoes("rm absolute");
        assertThat(folder.pull().failure()).isEmpty();
    }

    /** A job that removes a venv and makes it anew, for instance. */
    @BothWays
    void aLinkThatTheHostHasAlreadyMayBeMadeAnew(SyncMode mode) throws Exception {
        folder.hostDoes("ln -s /etc/passwd l");
        folder.open(mode);
        folder.guestDoes("rm l; ln -s /etc/passwd l");
        SyncReport report = folder.pull();
        assertThat(report.warnings()).isEmpty();
        folder.bothSidesAreEqual();
    }

    @BothWays
    void aLinkIsJudgedByWhereTheFolderIsInTheGuest(SyncMode mode) throws Exception {
        folder.hostDoes("mkdir -p a/b; echo e >e");
        folder.openAt("/var/lib/elsewhere", mode);
        folder.guestDoes(
                "ln -s /var/lib/elsewhere/e k; ln -s /var/lib/elsewhere/e a/b/k; ln -s /var/lib/elsewhere a/all;"
                        + " ln -s '" + folder.host() + "/e' lost");
        SyncReport report = folder.pull();
        assertThat(report.warnings()).singleElement().asString().contains("'lost'");
        assertThat(folder.host().resolve("a/b/k")).isSymbolicLink().hasContent("e");
        assertThat(folder.host().resolve("k")).isSymbolicLink().hasContent("e");
        assertThat(folder.host().resolve("a/all/e")).hasContent("e");
        assertThat(folder.push().entries()).isZero();
    }

    private static int mode(Path file) throws Exception {
        return (int) Files.getAttribute(file, "unix:mode") & 07777;
    }
}
