package io.jenkins.plugins.qemush.engine.vm.request;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;

/**
 * The machine that somebody wants.
 *
 * @param name what it is called in lists; also its run directory's name
 * @param warm whether the machine may be restored from a saved state
 */
public record VmRequest(
        String name, Image image, Hardware hardware, Access access, Limits limits, Storage storage, WarmMode warm) {

    /** A throw-away machine with the defaults of its image, booted. */
    public static VmRequest of(String name, Image image) {
        return new VmRequest(
                name,
                image,
                Hardware.DEFAULT,
                Access.of(image.manifest().user()),
                Limits.DEFAULT,
                Storage.THROWN_AWAY,
                WarmMode.FALSE);
    }

    /** What was asked for a machine that a supervisor process owns: known before it runs. */
    public static VmRequest of(RunDirectory directory) throws IOException {
        return EngineJson.read(directory.request(), VmRequest.class);
    }

    public VmRequest with(Hardware other) {
        return new VmRequest(name, image, other, access, limits, storage, warm);
    }

    public VmRequest with(Access other) {
        return new VmRequest(name, image, hardware, other, limits, storage, warm);
    }

    public VmRequest with(Limits other) {
        return new VmRequest(name, image, hardware, access, other, storage, warm);
    }

    public VmRequest with(Storage other) {
        return new VmRequest(name, image, hardware, access, limits, other, warm);
    }

    /** The same machine, restored or booted as this says. */
    public VmRequest with(WarmMode mode) {
        return new VmRequest(name, image, hardware, access, limits, storage, mode);
    }

    /** The same machine, with an empty disk for a folder to come. */
    public VmRequest withWorkspaceDisk() {
        return with(hardware.withWorkspaceDisk());
    }

    /** The same machine, with its disk as it is: whatever the guest writes is kept. No key but a one-time key. */
    public VmRequest persistent() {
        return with(storage.persistent()).with(access.withoutKeys()).with(WarmMode.FALSE);
    }

    /** The same machine without what makes no difference to it: its name, its port, its keys, its files on this host. */
    public VmRequest anonymous(String anyName) {
        return new VmRequest(
                anyName,
                image,
                hardware,
                Access.of(access.user()),
                Limits.DEFAULT,
                storage.anonymous(),
                WarmMode.FALSE);
    }

    /** The user whom commands run as. */
    public String user() {
        return access.user();
    }

    /** The memory that the machine gets, in MB. */
    public int memory() throws HostFailure {
        return hardware.memory().orElse(image.machine().memory());
    }
}
