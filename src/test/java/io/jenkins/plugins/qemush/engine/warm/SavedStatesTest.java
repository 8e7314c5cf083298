package io.jenkins.plugins.qemush.engine.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store of saved states: what is found, what goes, and who may read it. */
class SavedStatesTest {
    private static final Fingerprint ONE = Fingerprint.of(List.of("one"));
    private static final Fingerprint TWO = Fingerprint.of(List.of("two"));
    private static final Fingerprint THREE = Fingerprint.of(List.of("three"));

    @TempDir
    private Path folder;

    private SavedStates states;

    @BeforeEach
    void store() {
        states = new SavedStates(folder.resolve("home").resolve("warm"), new StateLimits(2, 1 << 20));
    }

    private SavedState save(Fingerprint fingerprint, int bytes) throws IOException {
        StateFolder fresh = states.begin();
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) 1);
        for (Path file : fresh.content()) {
            Files.write(file, content);
        }
        StateManifest manifest = new StateManifest(
                fingerprint.digest(), "image", "aarch64", RestoreWay.MAPPED, "ssh-ed25519 A", false, 1, Map.of());
        return states.publish(states.seal(fresh, manifest));
    }

    private static void age(SavedState state, int seconds) throws IOException {
        Files.setLastModifiedTime(
                state.files().used(), FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    @Test
    void stateIsFoundByItsFingerprintOnly() throws IOException {
        SavedState saved = save(ONE, 100);

        assertThat(states.find(ONE)).contains(saved);
        assertThat(states.find(TWO)).isEmpty();
    }

    @Test
    void factsDoNotRunIntoEachOther() {
        assertThat(Fingerprint.of(List.of("ab", "c"))).isNotEqualTo(Fingerprint.of(List.of("a", "bc")));
    }

    @Test
    void stateIsPrivateToItsUser() throws IOException {
        SavedState saved = save(ONE, 100);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(states.root())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(saved.files().path())))
                .isEqualTo("rwx------");
        for (Path file : saved.files().content()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void flippedBitIsSeenThoughTheTimeIsSetBack() throws IOException {
        SavedState saved = save(ONE, 100);
        FileTime before = Files.getLastModifiedTime(saved.files().ram());
        try (FileChannel ram = FileChannel.open(saved.files().ram(), StandardOpenOption.WRITE)) {
            ram.write(ByteBuffer.wrap(new byte[] {2}));
        }
        Files.setLastModifiedTime(saved.files().ram(), before);

        assertThat(states.find(ONE)).isEmpty();
        assertThat(saved.files().path()).doesNotExist();
    }

    @Test
    void truncatedStateIsSeen() throws IOException {
        SavedState saved = save(ONE, 100);
        Files.write(saved.files().devices(), new byte[10]);

        assertThat(states.find(ONE)).isEmpty();
    }

    @Test
    void missingFileAndUnreadableDescriptionAreSeen() throws IOException {
        Files.delete(save(ONE, 100).files().disk());
        Files.writeString(save(TWO, 100).files().manifest(), "{\"fingerprint\":");

        assertThat(states.find(ONE)).isEmpty();
        assertThat(states.find(TWO)).isEmpty();
    }

    @Test
    void contentIsComparedOnceInEachBootOfTheHost() throws IOException {
        SavedState saved = save(ONE, 100);
        Files.writeString(saved.files().verified(), "another boot");

        assertThat(states.find(ONE)).isPresent();
        assertThat(saved.files().verified()).hasContent(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")));
    }

    @Test
    void leastRecentlyUsedGoesFirst() throws IOException {
        age(save(ONE, 100), 10);
        age(save(TWO, 100), 20);
        states.find(TWO);

        save(THREE, 100);

        assertThat(states.list())
                .extracting(state -> state.manifest().fingerprint())
                .containsExactlyInAnyOrder(TWO.digest(), THREE.digest());
    }

    @Test
    void sizeIsBounded() throws IOException {
        age(save(ONE, 200_000), 10);
        save(TWO, 200_000);

        assertThat(states.find(ONE)).isEmpty();
        assertThat(states.find(TWO)).isPresent();
    }

    @Test
    void whatAKilledMakerLeftIsNeverFoundAndGoesWithTheNext() throws IOException {
        StateFolder left = states.begin();
        Files.write(left.ram(), new byte[100]);

        assertThat(states.list()).isEmpty();
        states.begin();
        assertThat(left.path()).doesNotExist();
    }

    @Test
    void oneMakesAtATime() throws IOException {
        try (NameLock held = states.tryLock().orElseThrow()) {
            assertThat(states.tryLock()).isEmpty();
        }
        states.tryLock().orElseThrow().close();
    }

    @Test
    void whatWasLearntIsRememberedForAWhile() throws IOException {
        Notes notes = states.notes();
        notes.way(ONE, Optional.of(RestoreWay.STREAMED));
        notes.way(TWO, Optional.empty());
        notes.unfit(THREE, "reason");

        assertThat(notes.way(ONE)).contains(RestoreWay.STREAMED);
        assertThat(notes.hasNoWay(ONE)).isFalse();
        assertThat(notes.hasNoWay(TWO)).isTrue();
        assertThat(notes.way(TWO)).isEmpty();
        assertThat(notes.unfit(THREE)).contains("reason");
        Files.setLastModifiedTime(
                notes.folder().resolve("unfit-" + THREE.digest()),
                FileTime.from(Instant.now().minusSeconds(8 * 86_400)));
        assertThat(notes.unfit(THREE)).isEmpty();
    }

    @Test
    void statesGoWithTheirImage() throws IOException {
        save(ONE, 100);

        states.discardOf("other");
        assertThat(states.find(ONE)).isPresent();
        states.discardOf("image");

        assertThat(states.list()).isEmpty();
    }

    @Test
    void clockThatWasSetBackMakesNoStateGo() throws IOException {
        SavedState future = save(ONE, 100);
        age(future, -100_000);
        save(TWO, 100);

        assertThat(states.find(ONE)).contains(future);
        assertThat(states.find(TWO)).isPresent();
        assertThat(save(THREE, 100)).isIn(states.list());
    }

    @Test
    void noteFromBeforeTheClockWasSetBackIsBelievedNoLongerThanOthers() throws IOException {
        states.notes().unfit(ONE, "reason");
        Path note = folder.resolve("home/warm/notes/unfit-" + ONE.digest());
        Files.setLastModifiedTime(note, FileTime.from(Instant.now().plusSeconds(3_000_000)));

        assertThat(states.notes().unfit(ONE)).isEmpty();
    }
}
