package io.jenkins.plugins.qemush.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.sync.Excludes;
import io.jenkins.plugins.qemush.engine.sync.FolderMirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What Jenkins' temporary folder has, a guest has for as long. */
@Execution(ExecutionMode.CONCURRENT)
class FolderMirrorTest {
    @RegisterExtension
    final StepRunner steps = new StepRunner();

    private Path temporary;
    private FolderMirror mirror;

    private void open(GuestKind kind) throws Exception {
        steps.open(kind);
        temporary = steps.workspace().resolveSibling(steps.workspace().getFileName() + "@tmp");
        mirror = new FolderMirror(steps.guest(), StepRunner.USER, temporary, Excludes.of("durable-*"));
    }

    private Path write(String name, String text, String mode) throws IOException {
        Path file = temporary.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    private void push() throws Exception {
        assertThat(mirror.isStale()).isTrue();
        steps.tasks().makePlaces(StepRunner.USER, List.of(temporary.toString()));
        mirror.push();
    }

    private String guestSays(String script) throws Exception {
        return steps.guest().sh(script);
    }

    @InEveryGuest
    void secretFileArrivesWithItsMode(GuestKind kind) throws Exception {
        open(kind);
        Path key = write("secretFiles/1 é/key", "s3cret", "rw-------");
        Path helper = write("askpass.sh", "#!/bin/sh\necho it\n", "rwx------");
        push();

        assertThat(guestSays("cat '" + key + "'; '" + helper + "'; ls -l '" + key + "' | cut -c1-10"))
                .isEqualTo("s3cretit\n-rw-------");
    }

    @InEveryGuest
    void fileThatIsGoneOnTheHostGoesInTheGuest(GuestKind kind) throws Exception {
        open(kind);
        Path key = write("secretFiles/1 é/key", "s3cret", "r--------");
        push();
        Files.delete(key);
        Files.delete(key.getParent());
        push();

        assertThat(guestSays("ls '" + temporary.resolve("secretFiles") + "'")).isEmpty();
    }

    @InEveryGuest
    void changedFileTakesTheOldOnesPlace(GuestKind kind) throws Exception {
        open(kind);
        Path file = write("settings.xml", "old", "r--------");
        push();
        Files.delete(file);
        write("settings.xml", "newer", "rw-r-----");
        push();

        assertThat(guestSays("cat '" + file + "'; ls -l '" + file + "' | cut -c1-10"))
                .isEqualTo("newer-rw-r-----");
    }

    @InEveryGuest
    void guestIsAskedOnlyWhenSomethingChanged(GuestKind kind) throws Exception {
        open(kind);
        assertThat(mirror.isStale()).isFalse();
        write("durable-1/script.sh", "a control directory", "rw-------");
        assertThat(mirror.isStale()).isFalse();
        write("file", "", "rw-------");
        push();
        assertThat(mirror.isStale()).isFalse();
    }
}
