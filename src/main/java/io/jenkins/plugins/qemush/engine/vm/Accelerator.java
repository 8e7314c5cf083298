package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** KVM where this host can run the guest itself, TCG everywhere else. */
enum Accelerator {
    KVM("kvm"),
    TCG("tcg");

    private static final Path DEVICE = Path.of("/dev/kvm");

    /** The guests that a host's processor runs, by Java's {@code os.arch}. */
    private static final Map<String, Set<String>> NATIVE = Map.of(
            "amd64", Set.of("x86_64", "x86"),
            "aarch64", Set.of("aarch64"),
            "s390x", Set.of("s390x"),
            "ppc64le", Set.of("ppc64el"));

    private final String qemuName;

    Accelerator(String qemuName) {
        this.qemuName = qemuName;
    }

    static Accelerator choose(Machine machine) throws IOException, InterruptedException {
        boolean runsHere =
                NATIVE.getOrDefault(System.getProperty("os.arch"), Set.of()).contains(machine.name());
        boolean allowed = runsHere && Files.isReadable(DEVICE) && Files.isWritable(DEVICE);
        return allowed && KvmProbe.ofUser().works(machine) ? KVM : TCG;
    }

    String qemuName() {
        return qemuName;
    }
}
