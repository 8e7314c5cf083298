package io.jenkins.plugins.qemush.engine.image.build;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.build.ImageBuild.PackageScripts;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBuildTest {
    @TempDir
    Path temp;

    @Test
    void theBuilderIsUnpackedFromTheFolderOfClasses() throws Exception {
        Path script = BuilderFiles.unpack(temp.resolve("an ö folder"));

        assertThat(script).isExecutable().hasSameTextualContentAs(Path.of("images/debian/build"));
        assertThat(script.resolveSibling("lib")).isNotEmptyDirectory();
    }

    @Test
    void theBuilderIsUnpackedFromTheJar() throws Exception {
        Path classes = Path.of(BuilderFiles.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = temp.resolve("a jär.jar");
        String tool = Path.of(System.getProperty("java.home"), "bin", "jar").toString();
        Process pack = new ProcessBuilder(tool, "cf", jar.toString(), "-C", classes.toString(), ".").start();
        assertThat(pack.waitFor()).isZero();

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            var unpack = loader.loadClass(BuilderFiles.class.getName()).getDeclaredMethod("unpack", Path.class);
            unpack.setAccessible(true);
            Path script = (Path) unpack.invoke(null, temp.resolve("unpacked"));

            assertThat(script).isExecutable().hasSameTextualContentAs(Path.of("images/debian/build"));
            assertThat(script.resolveSibling("lib")).isNotEmptyDirectory();
        }
    }

    @Test
    void aFailureTellsTheBuildersLastWordsAndLeavesNothing() throws Exception {
        ImageStore store = new ImageStore(temp.resolve("störe"));
        List<String> lines = new CopyOnWriteArrayList<>();
        ImageBuild build = new ImageBuild(BuildRequest.of("pdp11"), PackageScripts.NONE, lines::add);

        assertThatExceptionOfType(HostFailure.class)
                .isThrownBy(() -> build.into(store, Progress.NONE))
                .withMessageStartingWith("Building the image debian-pdp11 failed with exit code 64:")
                .withMessageContaining("pdp11");
        assertThat(lines).isNotEmpty();
        try (Stream<Path> left = Files.list(store.root())) {
            assertThat(left).containsExactly(store.root().resolve(".locks"));
        }
    }

    @Test
    void everyOptionReachesTheBuilder() {
        BuildRequest request = new BuildRequest(
                "armhf",
                Optional.empty(),
                List.of("gdb", "strace"),
                Optional.of("2G"),
                Optional.of("trixie"),
                Optional.of("http://mirror.example/debian"),
                Optional.of("vexpress-a9"),
                BuildRequest.Kind.PLAIN);

        assertThat(String.join(" ", request.arguments()))
                .isEqualTo("--arch armhf --name debian-armhf-vexpress-a9-plain --include gdb,strace --size 2G"
                        + " --suite trixie --mirror http://mirror.example/debian --board vexpress-a9 --plain");
    }

    @Test
    void anInterruptEndsTheBuilderAndItsChildren() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        BuilderProcess builder = new BuilderProcess(lines::add);
        Thread thread = new Thread(() -> {
            try {
                builder.run(List.of("bash", "-c", "sleep 1000 & echo $!; wait"), temp);
            } catch (Exception e) {
                lines.add(e.getClass().getSimpleName());
            }
        });
        thread.start();
        await().until(() -> !lines.isEmpty());
        ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.get(0))).orElseThrow();

        thread.interrupt();
        thread.join();

        assertThat(lines).contains("InterruptedException");
        await().until(() -> !child.isAlive());
    }

    /** Needs a Debian mirror and the builder's host tools. */
    @Test
    @Tag("vm")
    void aDebianImageIsBuiltIntoTheStore() throws Exception {
        ImageStore store = new ImageStore(temp.resolve("store"));

        new ImageBuild(BuildRequest.of("aarch64"), PackageScripts.NONE, line -> {}).into(store, Progress.NONE);

        assertThat(store.findDefault("aarch64").manifest().name()).isEqualTo("debian-aarch64");
    }
}
