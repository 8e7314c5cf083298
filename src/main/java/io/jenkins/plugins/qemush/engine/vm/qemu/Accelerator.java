package io.jenkins.plugins.qemush.engine.vm.qemu;

import io.jenkins.plugins.qemush.engine.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** KVM where this host can run the guest itself, TCG everywhere else. */
public enum Accelerator {
    KVM("kvm"),
    TCG("tcg");

    private static final Path DEVICE = Path.of("/dev/kvm");

    /** The guests that a host's processor runs, by Java's {@code os.arch}. */
    private static final Map<String, Set<String>> NATIVE = Map.of(
            "amd64", Set.of("x86_64", "x86"),
            "aarch64", Set.of("aarch64"),
            "s390x", Set.of("s390x"),
            "ppc64le", Set.of("ppc64el"));

    /**
     * What the processor must have for KVM, by {@code os.arch}. A KVM without it (kvm-pvm emulates what it cannot run) starts
     * every guest and gives up on some instruction later: QEMU then stops with the state internal-error.
     */
    private static final Map<String, Pattern> HARDWARE =
            Map.of("amd64", Pattern.compile("(?m)^flags\\s*:.*\\b(vmx|svm)\\b"));

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private final String qemuName;

    Accelerator(String qemuName) {
        this.qemuName = qemuName;
    }

    public static Accelerator choose(Machine machine) throws IOException, InterruptedException {
        boolean runsHere =
                NATIVE.getOrDefault(System.getProperty("os.arch"), Set.of()).contains(machine.name());
        boolean allowed = runsHere && Files.isReadable(DEVICE) && Files.isWritable(DEVICE);
        return allowed
                        && virtualizes(System.getProperty("os.arch"), Files.readString(CPU_INFO))
                        && KvmProbe.ofUser().works(machine)
                ? KVM
                : TCG;
    }

    /** Whether a processor runs guests by itself, as far as it says so. */
    static boolean virtualizes(String arch, String cpuInfo) {
        Pattern required = HARDWARE.get(arch);
        return required == null || required.matcher(cpuInfo).find();
    }

    public String qemuName() {
        return qemuName;
    }
}
