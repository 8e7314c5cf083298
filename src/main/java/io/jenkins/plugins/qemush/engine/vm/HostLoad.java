package io.jenkins.plugins.qemush.engine.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How busy this host is. */
final class HostLoad {
    private static final Path LOADAVG = Path.of("/proc/loadavg");

    /** Runnable threads for each processor. */
    private static final double HIGH = 2;

    private HostLoad() {}

    /** Whether what took too long in the last minute may have been the fault of others (proc(5), loadavg). */
    static boolean isHigh() throws IOException {
        if (!Files.isReadable(LOADAVG)) {
            return false;
        }
        double average = Double.parseDouble(Files.readString(LOADAVG).split(" ")[0]);
        return average > HIGH * Runtime.getRuntime().availableProcessors();
    }
}
