package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.MachineTable;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import io.jenkins.plugins.qemush.engine.vm.qemu.Accelerator;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuPrograms;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuPrograms.HostPackage;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing that {@code doctor} looks at.
 *
 * @param what is looked at
 * @param detail what was found
 * @param advice how to get it; empty when all is well
 */
record HostCheck(String what, Result result, String detail, String advice) {

    /** What it means. */
    enum Result {
        OK("ok"),
        /** Something is slower or unavailable without it. */
        ABSENT("missing"),
        /** Nothing works without it. */
        FATAL("FAILED");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** A program that is good to have: its package for apt and dnf, and what it is for. */
    private record Helper(String program, String apt, String dnf, String purpose) {}

    private static final List<Helper> HELPERS = List.of(
            new Helper("mksquashfs", "squashfs-tools", "squashfs-tools", "brings workspaces in ten times as fast"),
            new Helper("mmdebstrap", "mmdebstrap", "mmdebstrap", "image build"),
            new Helper("mke2fs", "e2fsprogs", "e2fsprogs", "image build"),
            new Helper("qemu-img", "qemu-utils", "qemu-img", "image build and prepare"),
            new Helper("ssh-keygen", "openssh-client", "openssh", "image build"),
            new Helper("setsid", "util-linux", "util-linux", "machines that stay (up)"));

    boolean isFatal() {
        return result == Result.FATAL;
    }

    static List<HostCheck> all() throws InterruptedException {
        List<HostCheck> checks = new ArrayList<>();
        checks.add(new HostCheck("java", Result.OK, System.getProperty("java.runtime.version"), ""));
        checks.add(runDirectories());
        checks.add(store());
        checks.add(kvm());
        List<HostCheck> qemus = new ArrayList<>();
        for (Machine machine : MachineTable.all()) {
            qemus.add(qemu(machine));
        }
        if (qemus.stream().noneMatch(check -> check.result() == Result.OK)) {
            checks.add(new HostCheck(
                    "QEMU", Result.FATAL, "no architecture can be booted", "Install one of those below."));
        }
        checks.addAll(qemus);
        HELPERS.forEach(helper -> checks.add(helper(helper)));
        return checks;
    }

    private static HostCheck runDirectories() {
        try {
            return new HostCheck(
                    "run directories", Result.OK, RunRoot.ofUser().path().toString(), "");
        } catch (QemuShException e) {
            return new HostCheck("run directories", Result.FATAL, e.getMessage(), e.help());
        } catch (IOException e) {
            return new HostCheck("run directories", Result.FATAL, e.getMessage(), "Set QEMU_SH_RUN.");
        }
    }

    private static HostCheck store() {
        Path store = QemuShHome.images(System.getenv());
        Path existing = store;
        while (!Files.exists(existing)) {
            existing = PathParts.folder(existing);
        }
        if (!Files.isWritable(existing)) {
            return new HostCheck(
                    "image store",
                    Result.FATAL,
                    existing + " cannot be written to",
                    "Set QEMU_SH_HOME to a folder of your own.");
        }
        long free = existing.toFile().getUsableSpace() >> 20;
        return new HostCheck("image store", Result.OK, store + ", " + free + " MB free", "");
    }

    /** Asks what a run asks, for every machine. */
    private static HostCheck kvm() throws InterruptedException {
        try {
            List<String> fast = new ArrayList<>();
            for (Machine machine : MachineTable.all()) {
                if (Accelerator.choose(machine) == Accelerator.KVM) {
                    fast.add(machine.name());
                }
            }
            if (!fast.isEmpty()) {
                return new HostCheck("KVM", Result.OK, "used for guests of " + String.join(", ", fast), "");
            }
        } catch (IOException e) {
            return new HostCheck("KVM", Result.ABSENT, "cannot be tried: " + e.getMessage(), "");
        }
        return withoutKvm(Path.of("/dev/kvm"));
    }

    private static HostCheck withoutKvm(Path device) {
        if (!Files.exists(device)) {
            return new HostCheck("KVM", Result.ABSENT, "this host has none; TCG emulates everything", "");
        }
        return Files.isReadable(device) && Files.isWritable(device)
                ? new HostCheck(
                        "KVM",
                        Result.ABSENT,
                        "not used, though " + device
                                + " is there: the processor does not say that it virtualises (vmx, svm),"
                                + " or QEMU is not installed or does not start with it; TCG emulates everything",
                        "")
                : new HostCheck(
                        "KVM",
                        Result.ABSENT,
                        "you may not use " + device,
                        "Join the group kvm, if guests of this host's architecture should be fast.");
    }

    private static HostCheck qemu(Machine machine) throws InterruptedException {
        Optional<Path> program = QemuPrograms.find(machine.program());
        if (program.isEmpty()) {
            HostPackage from = QemuPrograms.packageOf(machine.program());
            return new HostCheck(
                    machine.name(),
                    Result.ABSENT,
                    machine.program() + " is not installed",
                    install(from.apt(), from.dnf()));
        }
        return new HostCheck(machine.name(), Result.OK, version(program.get()), "");
    }

    private static String version(Path program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String first = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            process.waitFor();
            return program + ", " + first.replaceFirst("^QEMU emulator ", "");
        } catch (IOException e) {
            return program + " does not run: " + e.getMessage();
        }
    }

    private static HostCheck helper(Helper helper) {
        return QemuPrograms.find(helper.program())
                .map(path -> new HostCheck(helper.program(), Result.OK, path.toString(), ""))
                .orElseGet(() -> new HostCheck(
                        helper.program(),
                        Result.ABSENT,
                        "for: " + helper.purpose(),
                        install(helper.apt(), helper.dnf())));
    }

    private static String install(String apt, String dnf) {
        return "apt-get install " + apt + "  |  dnf install " + dnf;
    }
}
