package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuProcess;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.serial.SerialConsole;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Waits for what a booting guest prints, and tells of one that computes and prints nothing: its kernel mostly is for another
 * machine, or writes to another console.
 */
final class SilenceWatch {
    /** QEMU's processor time. A quiet kernel is silent for 8 s of it on the slowest machine that is known (vexpress-a9). */
    private static final Duration BUSY = Duration.ofSeconds(20);

    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final VmRequest request;
    private final QemuProcess qemu;
    private final SerialConsole console;
    private final Notices notices;
    private long received;
    private Duration lastWord = Duration.ZERO;
    private boolean told;

    SilenceWatch(VmRequest request, QemuProcess qemu, SerialConsole console, Notices notices) {
        this.request = request;
        this.qemu = qemu;
        this.console = console;
        this.notices = notices;
    }

    /** Looks for something on the console. */
    interface Look {
        boolean sees(Duration patience) throws IOException, InterruptedException;
    }

    /** Waits until it is seen; false when the time is over before. */
    boolean await(Look look, Supplier<Duration> left) throws IOException, InterruptedException {
        while (!look.sees(left.get().compareTo(GLANCE) < 0 ? left.get() : GLANCE)) {
            if (left.get().isNegative()) {
                return false;
            }
            listen();
        }
        return true;
    }

    private void listen() throws IOException {
        Duration now = qemu.processorTime();
        if (console.received() != received) {
            received = console.received();
            lastWord = now;
        } else if (!told && now.minus(lastWord).compareTo(BUSY) >= 0) {
            told = true;
            notices.tell("The guest has computed for " + BUSY.toSeconds() + " s and printed nothing"
                    + (received > 0 ? " more. " : ". ") + reasons(request));
        }
    }

    /** Why a guest may print nothing, and what to look at. */
    static String reasons(VmRequest request) throws IOException {
        Machine machine = request.image().machine();
        String doubt = request.image()
                .doubtAboutKernel()
                .map(sentence -> sentence + " ")
                .orElse("");
        return doubt + "Its kernel may have no driver for the console " + machine.console()
                + " (another: --console), or be for another machine than QEMU's "
                + machine.type().split(",")[0] + " (another: --machine).";
    }
}
