package io.jenkins.plugins.qemush.engine.vm.verdict;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Why QEMU ended, when nobody had asked it to.
 *
 * @param status its exit status as a shell tells it
 * @param reason the reason of QMP's SHUTDOWN event; empty when there was none
 */
public record QemuEnd(int status, String reason) {
    private static final int SIGNALLED = 128;

    private static final Map<Integer, String> SIGNALS =
            Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

    /**
     * The sentences for QMP's ShutdownCause values (QAPI run-state.json). The device by which riscv64 guests power off ends
     * QEMU before there is an event (hw/misc/sifive_test.c).
     */
    private static final Map<String, String> BY_GUEST = Map.of(
            "", "The guest powered itself off.",
            "guest-shutdown", "The guest powered itself off.",
            "guest-reset", "The guest rebooted itself.",
            "guest-panic", "The guest's kernel panicked.",
            "host-signal", "QEMU was told to end by a signal.",
            "host-qmp-quit", "QEMU was told to end over QMP.");

    /** The failure, without a verdict from the console: that one goes first. */
    public QemuShException explain(QemuProcess qemu, ConsoleLog console) throws IOException {
        if (status > SIGNALLED) {
            return new HostFailure("QEMU was killed by " + signal() + ".", hostMemory());
        }
        if (status != 0) {
            Optional<HostFailure> known = QemuComplaint.in(qemu.output());
            if (known.isPresent()) {
                return known.get();
            }
            return new HostFailure(
                    "QEMU refused to run: " + lastLine(qemu.output()), "The command line was: " + qemu.readable());
        }
        return new GuestFailure(BY_GUEST.getOrDefault(reason, "QEMU ended without a word."), console.tail());
    }

    private String signal() {
        int number = status - SIGNALLED;
        return SIGNALS.getOrDefault(number, "signal " + number);
    }

    /** The OOM killer is the usual one to send SIGKILL. */
    private static String hostMemory() throws IOException {
        Path meminfo = Path.of("/proc/meminfo");
        String available = Files.isReadable(meminfo)
                ? Files.readAllLines(meminfo).stream()
                        .filter(line -> line.startsWith("MemTotal") || line.startsWith("MemAvailable"))
                        .map(line -> line.replaceAll(" +", " "))
                        .reduce((total, free) -> total + ", " + free)
                        .orElse("unknown")
                : "unknown";
        return "If it was the host's OOM killer (see dmesg), ask for less memory. The host's memory: " + available
                + ".";
    }

    private static String lastLine(String output) {
        String last = output.lines().reduce((first, second) -> second).orElse("it said nothing");
        return last.replaceFirst("^qemu-system-\\S+: ", "");
    }
}
