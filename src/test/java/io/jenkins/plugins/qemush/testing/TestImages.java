package io.jenkins.plugins.qemush.testing;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.build.BuildRequest;
import io.jenkins.plugins.qemush.engine.image.build.BuildRequest.Kind;
import io.jenkins.plugins.qemush.engine.image.build.ImageBuild;
import io.jenkins.plugins.qemush.engine.image.build.ImageBuild.PackageScripts;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/**
 * The images that tests boot: built once, kept in {@code target}. {@code QEMU_SH_TEST_IMAGES} names a folder of ready ones
 * to save the time.
 */
public final class TestImages {
    /** These must boot wherever the tests run, whatever the mirror does. */
    private static final Set<String> ALWAYS = Set.of("aarch64", "x86_64");

    private static final ImageStore STORE = new ImageStore(Path.of("target", "test-images"));

    private TestImages() {}

    /** The default image of an architecture. */
    public static Image of(String arch) throws IOException, InterruptedException {
        return get(arch, arch, List.of(), Optional.empty(), Kind.QUICK);
    }

    /** The default image of an architecture with Python in it. */
    public static Image withPython(String arch) throws IOException, InterruptedException {
        return get(arch + "-python", arch, List.of("python3-minimal"), Optional.empty(), Kind.QUICK);
    }

    /** One that behaves as if made by hand. */
    public static Image plain(String arch) throws IOException, InterruptedException {
        return get(arch + "-plain", arch, List.of(), Optional.empty(), Kind.PLAIN);
    }

    /** For the board vexpress-a9. */
    public static Image vexpress() throws IOException, InterruptedException {
        return get("vexpress", "armhf", List.of(), Optional.of("vexpress-a9"), Kind.QUICK);
    }

    /** The folder of {@link #of}. */
    public static Path folder(String arch) throws IOException, InterruptedException {
        return of(arch).folder();
    }

    /** The folder of {@link #plain}. */
    public static Path plainFolder(String arch) throws IOException, InterruptedException {
        return plain(arch).folder();
    }

    private static synchronized Image get(
            String folder, String arch, List<String> include, Optional<String> board, Kind kind)
            throws IOException, InterruptedException {
        String ready = System.getenv("QEMU_SH_TEST_IMAGES");
        if (ready != null && Files.isDirectory(Path.of(ready, folder))) {
            return Image.open(Path.of(ready, folder));
        }
        String name = "test-" + folder;
        if (Files.isDirectory(STORE.root().resolve(name))) {
            return STORE.ready(name, Progress.NONE);
        }
        return build(new BuildRequest(
                arch, Optional.of(name), include, Optional.empty(), Optional.empty(), Optional.empty(), board, kind));
    }

    private static Image build(BuildRequest request) throws IOException, InterruptedException {
        try {
            return new ImageBuild(request, PackageScripts.NONE, line -> {}).into(STORE, Progress.NONE);
        } catch (HostFailure e) {
            if (e.help().startsWith("The Debian mirror failed") && !ALWAYS.contains(request.arch())) {
                System.err.println(
                        "SKIPPED: " + request.arch() + " is not tested, the mirror failed: " + e.getMessage());
                Assumptions.abort("the Debian mirror failed for " + request.arch());
            }
            throw e;
        }
    }
}
