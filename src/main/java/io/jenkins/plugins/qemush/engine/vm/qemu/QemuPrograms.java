package io.jenkins.plugins.qemush.engine.vm.qemu;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Finds QEMU's programs on this host, and names the packages that bring them. */
public final class QemuPrograms {
    /** A package's name for apt and for dnf. */
    public record HostPackage(String apt, String dnf) {}

    /** Debian groups the targets; Fedora has a package for each (qemu-system-TARGET-core). */
    private static final Map<String, String> APT = Map.of(
            "aarch64", "qemu-system-arm",
            "arm", "qemu-system-arm",
            "x86_64", "qemu-system-x86",
            "i386", "qemu-system-x86",
            "mips", "qemu-system-mips",
            "mipsel", "qemu-system-mips",
            "mips64el", "qemu-system-mips",
            "ppc64", "qemu-system-ppc");

    private static final String PREFIX = "qemu-system-";

    private QemuPrograms() {}

    /** Where the program is, if anywhere on the PATH. */
    public static Optional<Path> find(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The package that has a QEMU program. */
    public static HostPackage packageOf(String program) {
        String target = program.substring(PREFIX.length());
        return new HostPackage(APT.getOrDefault(target, "qemu-system-misc"), "qemu-system-" + target + "-core");
    }

    public static void requireSetsid() throws HostFailure {
        if (find("setsid").isEmpty()) {
            throw new HostFailure(
                    "setsid is not installed on this host: a machine that stays needs it.",
                    "Install it: apt-get install util-linux (Debian, Ubuntu) or dnf install util-linux (Fedora).");
        }
    }

    static void require(String program) throws HostFailure {
        if (find(program).isEmpty()) {
            HostPackage from = packageOf(program);
            throw new HostFailure(
                    program + " is not installed on this host.",
                    "Install it: apt-get install " + from.apt() + " (Debian, Ubuntu) or dnf install " + from.dnf()
                            + " (Fedora).");
        }
    }
}
