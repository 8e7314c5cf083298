package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that says and sends what it likes gets nothing out of the workspace, and no success. */
@Timeout(60)
class HostileGuestTest {

    private static final String NOW = "//now 2024-01-01 00:00:00.000000000 +0000\n";
    private static final String TIME = "2023-11-14 22:13:20.000000000 +0000";
    private static final String END = "//end 0\n";

    @TempDir
    Path temp;

    private Path host;

    @BeforeEach
    void makeFolder() throws IOException {
        host = Files.createDirectory(temp.resolve("workspace"));
    }

    private SyncReport pullFrom(String listing, byte[] tar) throws IOException, InterruptedException {
        return pullFrom(listing, tar, 0, Long.MAX_VALUE);
    }

    private SyncReport pullFrom(String listing, byte[] tar, int status, long maximumBytes)
            throws IOException, InterruptedException {
        return pullFrom(listing, () -> tar, status, maximumBytes);
    }

    private SyncReport pullFrom(String listing, Supplier<byte[]> tars, int status, long maximumBytes)
            throws IOException, InterruptedException {
        GuestShell guest = (command, streams) -> {
            streams.out().write(listing.getBytes(StandardCharsets.ISO_8859_1));
            if (listing.endsWith(END)) {
                streams.in().readAllBytes();
            }
            streams.out().write(tars.get());
            return status;
        };
        WorkspaceSpec spec = new WorkspaceSpec(
                host, host.toString(), GuestOwner.named("root"), Excludes.NONE, SyncMode.TAR, maximumBytes);
        GuestPlace place = new GuestPlace(SyncMode.TAR, "/state", host.toString());
        return new GuestFiles(spec, guest, place, Agreed.onNothing(), "").pull(SyncPolicy.DEFAULT);
    }

    private static String listed(String mode, long size, String name) {
        return "//" + mode + " 0,0 " + size + " 7|" + TIME + '|' + TIME + '|' + name + "\n";
    }

    private static String listing(String... records) {
        // The second "end" is that of the probes, of which there are none.
        return NOW + String.join("", records) + END + END;
    }

    private static byte[] tar(TarArchiveEntry... entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (TarArchiveEntry entry : entries) {
                tar.putArchiveEntry(entry);
                tar.write(new byte[(int) entry.getSize()]);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static TarArchiveEntry file(String name, int size) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
        entry.setSize(size);
        return entry;
    }

    private static TarArchiveEntry link(byte kind, String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(target);
        return entry;
    }

    @Test
    void whatIsListedAndSentArrives() throws Exception {
        pullFrom(listing(listed("81a4", 3, "./fine")), tar(file("./fine", 3)));
        assertThat(host.resolve("fine")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/x", "../x", "./../x", "./a/../../x", "./a//x", "./a/./x", "./a/", "./a/.."})
    void aNameThatLeadsElsewhereIsRefused(String name) {
        assertThatThrownBy(() -> pullFrom(listing(listed("41ed", 0, "./a"), listed("81a4", 3, name)), tar()))
                .isInstanceOf(GuestFailure.class);
        assertThat(host).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/tmp/evil", "./other"})
    void whatNobodyAskedForIsRefused(String name) {
        assertThatThrownBy(() -> pullFrom(listing(listed("81a4", 3, "./fine")), tar(file(name, 3))))
                .isInstanceOf(GuestFailure.class);
        assertThat(host).isEmptyDirectory();
    }

    @Test
    void nothingIsWrittenThroughAListedLink() {
        String listing = listing(listed("a1ff", 1, "./a"), listed("81a4", 3, "./a/b"));
        assertThatThrownBy(() -> pullFrom(listing, tar(link(TarConstants.LF_SYMLINK, "./a", "/tmp"), file("./a/b", 3))))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("'a/b'");
        assertThat(host).isEmptyDirectory();
    }

    @Test
    void nothingIsWrittenThroughALinkThatTheHostHas() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createSymbolicLink(host.resolve("a"), outside);
        String listing = listing(listed("41ed", 1, "./a"), listed("81a4", 3, "./a/b"));
        assertThat(pullFrom(listing, tar(file("./a/b", 3))).failure()).isPresent();
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aFileThatIsSentAsALinkOutsideStaysThere() throws Exception {
        byte[] tar = tar(link(TarConstants.LF_SYMLINK, "./fine", "/etc/passwd"));
        SyncReport report = pullFrom(listing(listed("81a4", 3, "./fine")), tar);
        assertThat(report.warnings()).singleElement().asString().contains("'fine'", "/etc/passwd");
        assertThat(host).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../etc/passwd", "secret"})
    void aHardLinkToWhatDidNotComeAlongIsRefused(String target) throws Exception {
        Files.writeString(host.resolve("secret"), "of the host");
        byte[] tar = tar(link(TarConstants.LF_LINK, "./fine", target));
        assertThatThrownBy(() -> pullFrom(listing(listed("81a4", 3, "./fine")), tar))
                .isInstanceOf(GuestFailure.class);
        assertThat(host.resolve("fine")).doesNotExist();
    }

    @Test
    void aDeviceInPlaceOfAFileStaysThere() throws Exception {
        byte[] tar = tar(new TarArchiveEntry("./fine", TarConstants.LF_BLK, true));
        SyncReport report = pullFrom(listing(listed("81a4", 3, "./fine")), tar);
        assertThat(report.warnings()).singleElement().asString().contains("'fine'");
        assertThat(host).isEmptyDirectory();
    }

    @Test
    void aFileLargerThanListedCannotFillTheDisk() {
        byte[] tar = tar(file("./fine", 5000));
        assertThatThrownBy(() -> pullFrom(listing(listed("81a4", 3, "./fine")), tar, 0, 4000))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("room");
        assertThat(host).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 700, 1100})
    void aStreamThatBreaksOffIsAFailure(int length) {
        byte[] whole = tar(file("./fine", 3), file("./more", 600));
        String listing = listing(listed("81a4", 3, "./fine"), listed("81a4", 600, "./more"));
        assertThatThrownBy(() -> pullFrom(listing, Arrays.copyOf(whole, length)))
                .isInstanceOf(IOException.class);
        assertThat(host.resolve("more")).doesNotExist();
    }

    /** Its folder was made anew while the guest listed it: the next listing will have both. */
    @Test
    void aFileWithoutItsFolderIsLeftToTheNextPull() throws Exception {
        pullFrom(listing(listed("81a4", 3, "./fine"), listed("81a4", 3, "./folder/file")), tar(file("./fine", 3)));

        assertThat(host.resolve("fine")).hasSize(3);
        assertThat(host.resolve("folder")).doesNotExist();
    }

    /** Busybox' tar ends where a file has become shorter than it was when its turn came. */
    @Test
    void aFileThatShrankWhileItWasSentIsAskedForAgain() throws Exception {
        byte[] whole = tar(file("./more", 600));
        Queue<byte[]> answers = new ArrayDeque<>(List.of(Arrays.copyOf(whole, 700), whole));

        pullFrom(listing(listed("81a4", 600, "./more")), answers::remove, 0, Long.MAX_VALUE);

        assertThat(host.resolve("more")).hasSize(600);
        assertThat(answers).isEmpty();
    }

    @Test
    void aListingThatBreaksOffDeletesNothingAndIsAFailure() {
        assertThatThrownBy(() -> pullFrom(NOW + listed("81a4", 3, "./fine"), new byte[0]))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("broke off");
    }

    @Test
    void aListingThatFailedInTheGuestIsAFailure() {
        assertThatThrownBy(() -> pullFrom(NOW + "//end 1\n", new byte[0])).isInstanceOf(GuestFailure.class);
    }

    @Test
    void aFileThatIsListedButNeverSentIsAFailure() {
        assertThatThrownBy(() -> pullFrom(listing(listed("81a4", 3, "./fine")), tar()))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("'fine'");
    }

    @Test
    void aUserWithAnotherNumberEachTimeIsRefused() throws Exception {
        AtomicInteger number = new AtomicInteger(5);
        GuestShell guest = (command, streams) -> {
            streams.out().write(("owner " + number.incrementAndGet() + " 1\n").getBytes(StandardCharsets.US_ASCII));
            return 0;
        };
        WorkspaceSpec spec = new WorkspaceSpec(
                host, host.toString(), GuestOwner.named("root"), Excludes.NONE, SyncMode.DISK, Long.MAX_VALUE);
        PreparedWorkspace prepared = PreparedWorkspace.prepare(spec, Optional.of(LocalGuest.disk(temp)));

        assertThatThrownBy(() -> prepared.enter(guest))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("another number");
        assertThat(number).hasValue(7);
    }

    @Test
    void aCommandThatFailsIsAFailureHoweverGoodItsOutput() {
        assertThatThrownBy(() -> pullFrom(listing(listed("81a4", 3, "./f")), tar(file("./f", 3)), 1, 4000))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("exit status 1");
    }
}
