package io.jenkins.plugins.qemush.engine.admission;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The memory that processes have taken, and would need swap space to give back. */
final class ProcessMemory {
    private static final Path PROC = Path.of("/proc");

    private ProcessMemory() {}

    /** Of the descendants of each of these processes, in MB. */
    static Map<Long, Long> below(Set<Long> ancestors) throws IOException {
        Map<Long, Long> parents = parents();
        Map<Long, Long> kilobytes = new HashMap<>();
        for (Map.Entry<Long, Long> process : parents.entrySet()) {
            Long above = process.getValue();
            while (above != null && !ancestors.contains(above)) {
                above = parents.get(above);
            }
            if (above != null) {
                kilobytes.merge(above, kilobytes(process.getKey()), Long::sum);
            }
        }
        kilobytes.replaceAll((process, size) -> size >> 10);
        return kilobytes;
    }

    private static Map<Long, Long> parents() throws IOException {
        Map<Long, Long> parents = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                long process = Long.parseLong(String.valueOf(entry.getFileName()));
                try {
                    parents.put(process, ProcessIdentity.parent(process));
                } catch (IOException e) {
                    // It has ended.
                    continue;
                }
            }
        }
        return parents;
    }

    /** Memory that is mapped from a file and was not written to is no process' own: the kernel drops it as it likes. */
    private static long kilobytes(long process) {
        try {
            return Files.readAllLines(PROC.resolve(process + "/status")).stream()
                    .filter(line -> line.startsWith("RssAnon:") || line.startsWith("RssShmem:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
