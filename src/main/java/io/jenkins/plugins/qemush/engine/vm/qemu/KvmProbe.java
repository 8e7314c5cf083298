package io.jenkins.plugins.qemush.engine.vm.qemu;

import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether a QEMU really starts with KVM: within virtual machines and containers the device may be there and QEMU abort
 * all the same. Tried once for each QEMU, kernel and machine, and remembered in a small file.
 *
 * @param folder for the remembered answers; may not exist
 */
record KvmProbe(Path folder) {
    private static final int SECONDS = 5;

    static KvmProbe ofUser() {
        return new KvmProbe(QemuShHome.in(System.getenv()).resolve("kvm"));
    }

    boolean works(Machine machine) throws IOException, InterruptedException {
        Optional<Path> program = QemuPrograms.find(machine.program());
        if (program.isEmpty()) {
            return false;
        }
        String key = machine.program() + " " + Files.getLastModifiedTime(program.get()) + " Linux "
                + System.getProperty("os.version") + " " + machine.type();
        Path answer = folder.resolve(Integer.toHexString(key.hashCode()));
        if (Files.exists(answer) && Files.readString(answer).startsWith(key + "\n")) {
            return Files.readString(answer).endsWith("yes\n");
        }
        boolean works = starts(machine);
        remember(answer, key + "\n" + (works ? "yes" : "no") + "\n");
        return works;
    }

    /** Asks QEMU's monitor to quit as soon as the processor is set up. */
    private static boolean starts(Machine machine) throws IOException, InterruptedException {
        Process qemu = new ProcessBuilder(List.of(
                        machine.program(),
                        "-machine",
                        machine.type(),
                        "-accel",
                        "kvm",
                        "-cpu",
                        "host",
                        "-S",
                        "-nodefaults",
                        "-display",
                        "none",
                        "-monitor",
                        "stdio"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var monitor = qemu.outputWriter()) {
            monitor.write("quit\n");
        } catch (IOException e) {
            // It ended before it read: the exit status says the rest.
            System.getLogger(KvmProbe.class.getName()).log(System.Logger.Level.DEBUG, "no monitor", e);
        }
        if (!qemu.waitFor(SECONDS, TimeUnit.SECONDS)) {
            qemu.destroyForcibly();
            return false;
        }
        return qemu.exitValue() == 0;
    }

    private static void remember(Path answer, String text) {
        try {
            Files.createDirectories(PathParts.folder(answer));
            Files.writeString(answer, text);
        } catch (IOException e) {
            // It is tried again next time.
            System.getLogger(KvmProbe.class.getName()).log(System.Logger.Level.DEBUG, "not remembered", e);
        }
    }
}
