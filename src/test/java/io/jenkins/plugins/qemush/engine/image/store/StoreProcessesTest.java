package io.jenkins.plugins.qemush.engine.image.store;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import io.jenkins.plugins.qemush.engine.image.download.UnreliableServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several processes do to one store, and what a process does whose disk is full or read-only. */
class StoreProcessesTest {
    private static final int DISK = 4_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path temp;

    private UnreliableServer server;
    private Path folder;
    private Path root;
    private ImageStore store;

    @BeforeEach
    void serve() throws Exception {
        folder = temp.resolve("ein Bild");
        SampleImage.write(folder, "sample", "x86", DISK);
        server = new UnreliableServer();
        for (String file : new String[] {"image.json", "kernel", "disk.img"}) {
            server.put("/images/" + file, Files.readAllBytes(folder.resolve(file)));
        }
        root = temp.resolve("a störe");
        store = new ImageStore(root);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void twoProcessesAtOnceDownloadOnce() throws Exception {
        server.setBytesPerSecond(2_000_000);
        Process first = start(AddImage.command(root, url()));
        Process second = start(AddImage.command(root, url()));

        assertThat(List.of(exit(first), exit(second))).containsOnly(0);
        assertThat(server.requests("/images/disk.img")).hasSize(1);
        assertThat(store.ready("sample", Progress.NONE).disk()).hasSize(DISK);
    }

    @Test
    void twoThreadsAtOnceDownloadOnce() throws Exception {
        server.setBytesPerSecond(8_000_000);
        Thread other = new Thread(() -> {
            try {
                store.add(ImageSource.at(url()), Progress.NONE);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();
        store.add(ImageSource.at(url()), Progress.NONE);
        other.join();

        assertThat(server.requests("/images/disk.img")).hasSize(1);
    }

    @Test
    void aKilledProcessLeavesTheStoreAsItWasAndTheNextGoesOn() throws Exception {
        Image old = addOldVersion();
        server.setBytesPerSecond(1_000_000);
        Process killed = start(AddImage.command(root, url()));
        await().until(() -> pieces() > 500_000);
        killed.destroyForcibly();
        exit(killed);

        assertThat(store.find("sample").manifest()).isEqualTo(old.manifest());
        server.setBytesPerSecond(Long.MAX_VALUE);
        Image added = store.add(ImageSource.at(url()), Progress.NONE);

        assertThat(added.disk()).hasSize(DISK);
        assertThat(server.requests("/images/disk.img").get(1).range()).isPresent();
        assertThat(hidden()).containsExactlyInAnyOrder(".locks", ".versions");
    }

    @Test
    void aKilledWritersLeftoversAreSweptByTheNext() throws Exception {
        Files.createDirectories(root.resolve(".incoming-other/image"));
        Files.write(root.resolve(".incoming-other/image/kernel"), new byte[10]);

        store.add(ImageSource.folder(folder), Progress.NONE);

        assertThat(hidden()).containsExactlyInAnyOrder(".locks", ".versions");
    }

    @Test
    void aLivingWritersFolderIsNotSwept() throws Exception {
        StoreFolder layout = new StoreFolder(root);
        try (NameLock lock = layout.lock("other", Progress.NONE)) {
            Files.createDirectory(layout.incoming("other"));

            store.add(ImageSource.folder(folder), Progress.NONE);

            assertThat(layout.incoming("other")).exists();
        }
    }

    @Test
    void aDiskThatIsTooSmallForADownloadIsToldBeforehand() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("full disk"));
        Process process = startWithMount("mount -t tmpfs -o size=2m tmpfs \"$1\"", disk, url());

        assertThat(output(process)).contains("has no room: 3.8 MB are needed, 2.0 MB are available");
        assertThat(exit(process)).isEqualTo(3);
        assertThat(server.requests("/images/disk.img")).isEmpty();
    }

    @Test
    void aDiskThatBecomesFullLeavesTheStoreAsItWas() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("full disk"));
        Process process = startWithMount("mount -t tmpfs -o size=2m tmpfs \"$1\"", disk, folder.toString());

        assertThat(output(process)).contains("became full", "Free some space", "left: .locks");
        assertThat(exit(process)).isEqualTo(3);
    }

    @Test
    void aReadOnlyStoreCanBeReadAndNotWritten() throws Exception {
        store.add(ImageSource.folder(folder), Progress.NONE);
        Path other = temp.resolve("another");
        SampleImage.write(other, "another", "x86", 10);
        Process process =
                startWithMount("mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"", root, other.toString());

        assertThat(output(process)).contains("could not be changed", "Read-only file system", "left: .locks", "sample");
        assertThat(exit(process)).isEqualTo(3);
    }

    private Image addOldVersion() throws IOException, InterruptedException {
        Path old = temp.resolve("old");
        SampleImage.write(old, "sample", "x86", 100);
        return store.add(ImageSource.folder(old), Progress.NONE);
    }

    private String url() {
        URI uri = server.uri("/images/image.json");
        return uri.toString();
    }

    private long pieces() {
        Path partial = root.resolve(".partial-sample");
        if (!Files.isDirectory(partial)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(partial)) {
            return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private List<String> hidden() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }

    /** Adds an image to a store on a mount that only this process sees, then lists what is left in the store. */
    private Process startWithMount(String mount, Path at, String place) throws IOException, InterruptedException {
        Process trial = new ProcessBuilder("unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", temp.toString()).start();
        Assumptions.assumeTrue(
                trial.waitFor() == 0, "SKIPPED: this host lets nobody mount in a user namespace (unshare -Urm)");
        String script =
                mount + " || exit 9; store=$1; shift; \"$@\"; code=$?; echo left: $(ls -A \"$store\"); exit $code";
        List<String> command = AddImage.command(at, place);
        command.addAll(0, List.of("unshare", "-Urm", "sh", "-c", script, "sh", at.toString()));
        return start(command);
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
