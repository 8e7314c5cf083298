package io.jenkins.plugins.qemush.engine.vm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
    @TempDir
    private Path folder;

    private RunRoot root() throws IOException {
        return RunRoot.at(folder.resolve("q"));
    }

    @Test
    void rootAndDirectoryAreTheOwnersAlone() throws IOException {
        RunDirectory directory = root().create("m");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("q"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void nameThatIsTakenIsRefused() throws IOException {
        root().create("m");

        assertThatThrownBy(() -> root().create("m"))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("There is a machine named \"m\" already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "-a", "a b", "ä", "a\n", "'"})
    void oddNamesAreRefusedAndNotFound(String name) {
        assertThatThrownBy(() -> root().create(name)).isInstanceOf(HostFailure.class);
        assertThatThrownBy(() -> root().find(name)).isInstanceOf(HostFailure.class);
    }

    @Test
    void folderOfSomebodyElsesMakingIsNoMachine() throws IOException {
        RunRoot root = root();
        RunDirectory machine = root.create("m");
        Files.createDirectory(folder.resolve("q/precious"));

        assertThat(root.list()).containsExactly(machine);
        assertThatThrownBy(() -> root.find("precious")).isInstanceOf(HostFailure.class);
    }

    @Test
    void folderThatIsNoRunDirectoryIsNotRemoved() throws IOException {
        Path precious = Files.createDirectory(folder.resolve("precious"));
        Files.createFile(precious.resolve("file"));

        new RunDirectory(precious).delete();

        assertThat(precious.resolve("file")).exists();
    }

    @Test
    void rootThatOthersMayWriteToIsRefusedAndLeftAlone() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> RunRoot.at(shared))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("not yours alone");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
                .isEqualTo("rwxrwxrwx");
    }

    @Test
    void rootMayBeNoLink() throws IOException {
        Path target = Files.createDirectory(folder.resolve("target"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        assertThatThrownBy(() -> RunRoot.at(link)).isInstanceOf(HostFailure.class);
    }

    @Test
    void rootMayBeNoFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> RunRoot.at(file)).isInstanceOf(HostFailure.class);
        assertThatThrownBy(() -> RunRoot.at(file.resolve("below"))).isInstanceOf(HostFailure.class);
    }

    @Test
    void pathTooLongForASocketIsRefusedBeforeAnythingIsMade() throws IOException {
        RunRoot deep = RunRoot.at(folder.resolve("x".repeat(90)));

        assertThatThrownBy(() -> deep.create("m"))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("too long for a Unix socket");
        assertThat(deep.list()).isEmpty();
    }

    @Test
    void deletionTakesAllAndMayBeRepeated() throws IOException {
        RunDirectory directory = root().create("m");
        Files.createDirectories(directory.path().resolve("a/b"));
        Files.writeString(directory.path().resolve("a/b/file"), "x");
        Files.createSymbolicLink(directory.path().resolve("link"), folder);

        directory.delete();
        directory.delete();

        assertThat(directory.path()).doesNotExist();
        assertThat(folder).exists();
    }

    @Test
    void severalMayDeleteAtOnceWhileALogIsWritten() throws Exception {
        RunDirectory directory = root().create("m");
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        threads.execute(() -> {
            for (int i = 0; !over.get(); i++) {
                new Timeline(directory.path().resolve("log" + i % 7));
            }
        });
        List<Future<?>> deletions = IntStream.range(0, 3)
                .<Future<?>>mapToObj(i -> threads.submit(() -> {
                    directory.delete();
                    return null;
                }))
                .toList();
        for (Future<?> deletion : deletions) {
            deletion.get();
        }
        over.set(true);
        threads.shutdown();

        assertThat(directory.path()).doesNotExist();
    }

    @Test
    void hiddenDirectoryIsNoMachineOfTheUsers() throws IOException {
        RunDirectory hidden = root().createHidden("check");

        assertThat(hidden.isHidden()).isTrue();
        assertThat(root().list()).isEmpty();
        assertThat(root().standing()).isEmpty();
    }

    @Test
    void hiddenDirectoryOfAProcessThatIsGoneGoesWithTheNext() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path left = RunDirectory.create(root().path().resolve(".save-" + gone.pid()))
                .path();
        Process alive = new ProcessBuilder("cat").start();
        Path kept = RunDirectory.create(root().path().resolve(".save-" + alive.pid()))
                .path();
        Path precious = Files.createDirectory(root().path().resolve(".precious-" + gone.pid()));

        root().createHidden("check");
        root().createHidden("check");

        assertThat(left).doesNotExist();
        assertThat(kept).exists();
        assertThat(precious).exists();
        alive.destroy();
    }
}
