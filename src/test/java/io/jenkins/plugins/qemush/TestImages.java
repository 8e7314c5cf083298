package io.jenkins.plugins.qemush;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.image.build.BuildRequest;
import io.jenkins.plugins.qemush.engine.image.build.ImageBuild;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The images that tests boot: those of the folder {@code $QEMU_SH_TEST_IMAGES} (sub-folders {@code ARCH} and
 * {@code ARCH-plain}), else those of the user's store; built there when missing, and kept.
 */
public final class TestImages {
    private TestImages() {}

    /** The folder of an architecture's image, made for qemu-sh. */
    public static Path folder(String arch) {
        return folder(arch, false);
    }

    /** The same as somebody would make it by hand: no fast way in for keys. */
    public static Path plainFolder(String arch) {
        return folder(arch, true);
    }

    private static Path folder(String arch, boolean plain) {
        String name = plain ? arch + "-plain" : arch;
        Optional<Path> ready = Optional.ofNullable(System.getenv("QEMU_SH_TEST_IMAGES"))
                .map(folder -> Path.of(folder, name))
                .filter(folder -> Files.exists(folder.resolve(Image.MANIFEST)));
        return ready.orElseGet(() -> inStore(arch, plain));
    }

    private static synchronized Path inStore(String arch, boolean plain) {
        ImageStore store = new ImageStore(QemuShHome.images(System.getenv()));
        String name = ImageStore.defaultName(plain ? arch + "-plain" : arch);
        try {
            return store.find(name).folder();
        } catch (HostFailure missing) {
            return build(store, arch, name, plain);
        }
    }

    private static Path build(ImageStore store, String arch, String name, boolean plain) {
        BuildRequest usual = BuildRequest.of(arch);
        BuildRequest request = new BuildRequest(
                usual.arch(),
                Optional.of(name),
                usual.include(),
                usual.size(),
                usual.suite(),
                usual.mirror(),
                usual.board(),
                plain);
        try {
            return new ImageBuild(request, line -> {})
                    .into(store, (what, done, total) -> {})
                    .folder();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
