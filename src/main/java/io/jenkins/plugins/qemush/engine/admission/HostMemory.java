package io.jenkins.plugins.qemush.engine.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The memory of this host, or of the control group that this process is in.
 *
 * @param most what machines of this user may have together, in MB, by the user's own wish; 0 for no such limit
 * @param meminfo where the kernel tells, in the format of proc_meminfo(5)
 */
record HostMemory(int most, Path meminfo) implements SpareMemory {

    /** What is left alone, so that nothing is swapped out: a tenth of the host, within these bounds, in MB. */
    private static final long LEAST_RESERVE = 256;

    private static final long MOST_RESERVE = 1024;

    HostMemory(int most) {
        this(most, Path.of("/proc/meminfo"));
    }

    @Override
    public long megabytes(List<Claim> held) throws IOException {
        long spare = available() - reserve() - outstanding(held);
        long claimed = held.stream().mapToLong(Claim::megabytes).sum();
        return most == 0 ? spare : Math.min(spare, most - claimed);
    }

    @Override
    public boolean suffices(int megabytes, List<Claim> held) throws IOException {
        long claimed = held.stream().mapToLong(Claim::megabytes).sum();
        return claimed + megabytes <= available() - reserve() && (most == 0 || claimed + megabytes <= most);
    }

    @Override
    public long mostMegabytes() throws IOException {
        long all = total() - reserve();
        return most == 0 ? all : Math.min(all, most);
    }

    /** What was promised and has not been taken. */
    private static long outstanding(List<Claim> held) throws IOException {
        Map<Long, Integer> byOwner = held.stream()
                .collect(Collectors.groupingBy(claim -> claim.owner().pid(), Collectors.summingInt(Claim::megabytes)));
        Map<Long, Long> taken = ProcessMemory.below(byOwner.keySet());
        return byOwner.entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue() - taken.getOrDefault(entry.getKey(), 0L)))
                .sum();
    }

    private long reserve() throws IOException {
        return Math.max(LEAST_RESERVE, Math.min(MOST_RESERVE, total() / 10));
    }

    private long total() throws IOException {
        return Math.min(field("MemTotal:"), ControlGroup.ofThisProcess().limit());
    }

    /** What programs can have without others being swapped out (MemAvailable). */
    private long available() throws IOException {
        return Math.min(field("MemAvailable:"), ControlGroup.ofThisProcess().available());
    }

    private long field(String name) throws IOException {
        // Where it is unknown there is plenty.
        return Files.readAllLines(meminfo).stream()
                .filter(line -> line.startsWith(name))
                .flatMapToLong(line -> LongStream.of(Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
