package io.jenkins.plugins.qemush.report;

import java.util.Locale;
import org.jvnet.localizer.Localizable;

/** What a machine and its block are busy with, in the order of the chart's rows. */
enum Lane {
    IMAGE(Messages._Lane_image()),
    QUEUE(Messages._Lane_queue()),
    START(Messages._Lane_start()),
    /** Instead of all that follows until files go in. */
    TAKE(Messages._Lane_take()),
    /** Until the console speaks: of a quiet kernel that is most of the boot. */
    FIRMWARE(Messages._Lane_firmware()),
    KERNEL(Messages._Lane_kernel()),
    /** Instead of firmware and kernel. */
    RESTORE(Messages._Lane_restore()),
    WAKE(Messages._Lane_wake()),
    LOGIN(Messages._Lane_login()),
    SSH(Messages._Lane_ssh()),
    FILES(Messages._Lane_files()),
    COMMAND(Messages._Lane_command()),
    END(Messages._Lane_end());

    private final Localizable title;

    Lane(Localizable title) {
        this.title = title;
    }

    String title() {
        return title.toString();
    }

    /** For style sheets. */
    String style() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether commands can run behind it. */
    boolean endsBoot() {
        return this == SSH || this == TAKE;
    }

    /** Whether a machine is on its way to its first command in it. */
    boolean isBoot() {
        return compareTo(START) >= 0 && compareTo(SSH) <= 0;
    }
}
