package io.jenkins.plugins.qemush.engine.image;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.KeyPath;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image that is at hand: its manifest and the folder that its files lie in.
 *
 * @param folder absolute; the files of a hand-made pair may lie elsewhere, their paths are then absolute
 */
public record Image(Path folder, ImageManifest manifest) {

    public Path kernel() {
        return resolve(manifest.kernel());
    }

    public Optional<Path> initrd() {
        return manifest.initrd().map(this::resolve);
    }

    public Optional<Path> dtb() {
        return manifest.dtb().map(this::resolve);
    }

    public Optional<Path> firmware() {
        return manifest.firmware().map(this::resolve);
    }

    public Path disk() {
        return resolve(manifest.disk().file());
    }

    public boolean takesKeyBy(KeyPath way) {
        return manifest.keyPaths().contains(way);
    }

    /** The row of the machine table with this image's own columns in it. */
    public Machine machine() throws HostFailure {
        return MachineTable.find(manifest.arch()).with(manifest.machine());
    }

    private Path resolve(ImageFile file) {
        return folder.resolve(file.path());
    }
}
