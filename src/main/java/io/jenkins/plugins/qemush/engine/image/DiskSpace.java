package io.jenkins.plugins.qemush.engine.image;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Free space on the disk that a folder lies on. */
public final class DiskSpace {
    private static final double MEGABYTE = 1 << 20;

    private DiskSpace() {}

    /**
     * Refuses work that needs more space than there is.
     *
     * @param folder an existing folder
     * @param needed in bytes
     */
    public static void require(Path folder, long needed) throws IOException {
        long available = Files.getFileStore(folder).getUsableSpace();
        if (available < needed) {
            throw new HostFailure(
                    "The disk of " + folder + " has no room: " + megabytes(needed) + " are needed, "
                            + megabytes(available) + " are available.",
                    "Free some space, for example with `qemu-sh image rm NAME`, or set QEMU_SH_HOME to another disk.");
        }
    }

    /** Whether a write failed because the disk, or the user's share of it, is full. */
    public static boolean isExhausted(IOException failure) {
        String reason = IoReason.of(failure);
        return reason.contains("No space left on device") || reason.contains("Disk quota exceeded");
    }

    /** The failure of work that filled the disk on its way. */
    public static HostFailure exhausted(Path folder, IOException failure) {
        return new HostFailure(
                "The disk of " + folder + " became full: " + megabytes(usable(folder)) + " are available.",
                "Free some space, for example with `qemu-sh image rm NAME`, or set QEMU_SH_HOME to another disk.",
                failure);
    }

    private static long usable(Path folder) {
        return folder.toFile().getUsableSpace();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }
}
