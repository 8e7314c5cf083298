package io.jenkins.plugins.qemush.report;

import java.util.Locale;

/** What a machine and its block are busy with, in the order of the chart's rows. */
enum Lane {
    IMAGE("image gets ready"),
    QUEUE("waits for its turn"),
    START("QEMU starts"),
    /** Until the console speaks: of a quiet kernel that is most of the boot. */
    FIRMWARE("firmware and quiet boot"),
    KERNEL("boot with output"),
    /** Instead of firmware and kernel. */
    RESTORE("a saved state is restored"),
    WAKE("time, keys and randomness go in"),
    LOGIN("login on the console"),
    SSH("SSH connects"),
    FILES("files"),
    COMMAND("commands"),
    END("power-off");

    private final String title;

    Lane(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** For style sheets. */
    String style() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a machine is on its way to its first command in it. */
    boolean isBoot() {
        return compareTo(START) >= 0 && compareTo(SSH) <= 0;
    }
}
