package io.jenkins.plugins.qemush.engine.vm.qemu;

import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.warm.RestoreWay;
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
public record QemuPurpose(Kind kind, Optional<OneTimeKey> key, Optional<StateFolder> state, Optional<RestoreWay> way) {

    /** The three purposes, and what each does to the root disk. */
    enum Kind {
        BOOT,
        SAVE,
        RESTORE
    }

    public static QemuPurpose boot(OneTimeKey key) {
        return new QemuPurpose(Kind.BOOT, Optional.of(key), Optional.empty(), Optional.empty());
    }

    public static QemuPurpose save(StateFolder state, RestoreWay way) {
        return new QemuPurpose(Kind.SAVE, Optional.empty(), Optional.of(state), Optional.of(way));
    }

    public static QemuPurpose restore(StateFolder state, RestoreWay way) {
        return new QemuPurpose(Kind.RESTORE, Optional.empty(), Optional.of(state), Optional.of(way));
    }

    boolean isRestore() {
        return kind == Kind.RESTORE;
    }

    /** Whether QEMU is given the kernel: a restored machine has it in its memory. */
    boolean hasKernel() {
        return !isRestore() || way.filter(RestoreWay::isWithKernel).isPresent();
    }

    /** The file that holds the machine's memory, if it is in one. */
    Optional<Path> ramFile() {
        return way.filter(RestoreWay::isMapped).flatMap(mapped -> state.map(StateFolder::ram));
    }

    Path disk(Image image) {
        return state.map(StateFolder::disk).orElseGet(image::disk);
    }

    String diskFormat(Image image) {
        return state.isPresent() ? "qcow2" : image.manifest().disk().format();
    }
}
