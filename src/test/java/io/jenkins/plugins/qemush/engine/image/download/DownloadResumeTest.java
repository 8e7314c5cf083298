package io.jenkins.plugins.qemush.engine.image.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.qemush.engine.image.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file arrives whole, whatever of it is there already and however often the connection ends. */
class DownloadResumeTest {
    private ServedFile file;

    @BeforeEach
    void serve(@TempDir Path temp) throws IOException {
        file = new ServedFile(temp);
    }

    @AfterEach
    void stop() {
        file.close();
    }

    @Test
    void aFileArrivesWhole() throws Exception {
        List<Long> heard = new CopyOnWriteArrayList<>();

        file.download(file.uri()).run("disk", ServedFile.QUICK, (what, done, total) -> heard.add(done));

        assertThat(file.target()).hasBinaryContent(file.content());
        assertThat(heard).contains((long) file.content().length);
        assertThat(file.target().getParent()).isDirectoryNotContaining(other -> !other.equals(file.target()));
    }

    @Test
    void aCutConnectionIsResumedWhereItEnded() throws Exception {
        file.server().setCutAfter(1_000_000);

        file.run();

        assertThat(file.target()).hasBinaryContent(file.content());
        assertThat(file.server().requests(ServedFile.NAME))
                .extracting(UnreliableServer.Request::range)
                .startsWith(Optional.empty())
                .hasSizeGreaterThan(2)
                .filteredOn(Optional::isPresent)
                .isNotEmpty();
    }

    @Test
    void aServerWithoutRangesIsAskedForAllOfItAgain() throws Exception {
        file.server().setRanges(false);
        file.leave(Arrays.copyOf(file.content(), 1_000_000));

        file.run();

        assertThat(file.target()).hasBinaryContent(file.content());
    }

    @Test
    void whatAnEarlierProcessLeftIsGoneOnWith() throws Exception {
        file.leave(Arrays.copyOf(file.content(), 2_000_000));

        file.run();

        assertThat(file.target()).hasBinaryContent(file.content());
        assertThat(file.server().requests(ServedFile.NAME))
                .singleElement()
                .extracting(UnreliableServer.Request::range)
                .isEqualTo(Optional.of("bytes=2000000-"));
    }

    @Test
    void aFileThatIsThereIsNotAskedForAgain() throws Exception {
        file.leave(file.content());

        file.run();

        assertThat(file.server().requests(ServedFile.NAME)).isEmpty();
    }

    @Test
    void spoiltLeftoversAreDownloadedAnew() throws Exception {
        file.leave(new byte[2_000_000]);

        file.run();

        assertThat(file.target()).hasBinaryContent(file.content());
    }

    @Test
    void leftoversLongerThanTheFileAreDownloadedAnew() throws Exception {
        file.leave(new byte[file.content().length + 1]);

        file.run();

        assertThat(file.target()).hasBinaryContent(file.content());
    }

    @Test
    void aFileThatChangesBetweenTwoTriesIsNotMixed() throws Exception {
        byte[] old = file.content().clone();
        Arrays.fill(old, 0, 1000, (byte) 0);
        file.server().put(ServedFile.NAME, old);
        file.server().setCutAfter(1_000_000);
        Progress change = (what, done, total) -> file.server().put(ServedFile.NAME, file.content());

        file.download(file.uri()).run("disk", ServedFile.QUICK, change);

        assertThat(file.target()).hasBinaryContent(file.content());
    }

    @Test
    void aServerThatRecoversIsTriedAgain() throws Exception {
        file.server().failNext(2);

        file.run();

        assertThat(file.target()).hasBinaryContent(file.content());
    }

    @Test
    void anInterruptEndsADownloadAndKeepsWhatArrived() throws Exception {
        file.server().setBytesPerSecond(1_000_000);
        Thread worker = Thread.currentThread();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> file.download(file.uri())
                .run("disk", ServedFile.QUICK, (what, done, total) -> worker.interrupt()));

        assertThat(Files.size(file.target())).isPositive();
    }
}
