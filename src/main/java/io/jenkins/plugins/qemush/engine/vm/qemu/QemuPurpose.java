package io.jenkins.plugins.qemush.engine.vm.qemu;

import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.warm.RamWay;
import io.jenkins.plugins.qemush.engine.warm.StateFolder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a QEMU is started for: to boot a machine for somebody, to boot one that is saved, or to restore one. The devices
 * are the same each time, or no state could be restored.
 *
 * @param key who is to be let in by the kernel's command line; empty unless a machine is booted for somebody
 * @param state the files of the state that is saved or restored; empty when a machine is booted for somebody
 */
public record QemuPurpose(Kind kind, Optional<OneTimeKey> key, Optional<StateFolder> state, Optional<RamWay> ram) {

    /** The three purposes, and what each does to the root disk. */
    enum Kind {
        BOOT,
        SAVE,
        RESTORE
    }

    public static QemuPurpose boot(OneTimeKey key) {
        return new QemuPurpose(Kind.BOOT, Optional.of(key), Optional.empty(), Optional.empty());
    }

    public static QemuPurpose save(StateFolder state, RamWay ram) {
        return new QemuPurpose(Kind.SAVE, Optional.empty(), Optional.of(state), Optional.of(ram));
    }

    public static QemuPurpose restore(StateFolder state, RamWay ram) {
        return new QemuPurpose(Kind.RESTORE, Optional.empty(), Optional.of(state), Optional.of(ram));
    }

    boolean isRestore() {
        return kind == Kind.RESTORE;
    }

    /** The file that holds the machine's memory, if it is in one. */
    Optional<Path> ramFile() {
        return ram.equals(Optional.of(RamWay.MAPPED)) ? state.map(StateFolder::ram) : Optional.empty();
    }

    Path disk(Image image) {
        return state.map(StateFolder::disk).orElseGet(image::disk);
    }

    String diskFormat(Image image) {
        return state.isPresent() ? "qcow2" : image.manifest().disk().format();
    }
}
