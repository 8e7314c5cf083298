package io.jenkins.plugins.qemush.engine.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The times that the host's files get in the guest when they come along: a squashfs keeps whole seconds only, and busybox'
 * tar too.
 *
 * <p>A file's time is rounded down. Where that would make two {@link Moments} equal, which {@code make} takes for "up to
 * date", the earlier one is moved back by a second, and what is before that as well if there is no room. So no time is
 * ever in the future, and the order of files is that of the host.
 */
final class WholeSeconds {

    static final WholeSeconds NONE = new WholeSeconds(Map.of());

    private final Map<String, Long> moved;

    private WholeSeconds(Map<String, Long> moved) {
        this.moved = moved;
    }

    static WholeSeconds of(HostSnapshot snapshot, Collection<String> names) {
        NavigableMap<Long, List<String>> seconds = names.stream()
                .filter(name -> snapshot.get(name).type() == EntryType.FILE)
                .collect(Collectors.groupingBy(name -> rounded(snapshot.get(name)), TreeMap::new, Collectors.toList()));
        Map<String, Long> moved = new HashMap<>();
        long next = Long.MAX_VALUE;
        for (Map.Entry<Long, List<String>> second : seconds.descendingMap().entrySet()) {
            List<List<String>> moments =
                    Moments.of(second.getValue(), name -> snapshot.get(name).modified());
            for (int at = moments.size() - 1; at >= 0; at--) {
                next = Math.min(second.getKey(), next - 1);
                if (next != second.getKey()) {
                    long time = next;
                    moments.get(at).forEach(name -> moved.put(name, time));
                }
            }
        }
        return new WholeSeconds(moved);
    }

    /** Seconds since the epoch. */
    long of(String name, HostEntry entry) {
        return moved.getOrDefault(name, rounded(entry));
    }

    /** The files whose time is not just rounded. */
    Map<String, Long> moved() {
        return Map.copyOf(moved);
    }

    private static long rounded(HostEntry entry) {
        return Math.floorDiv(entry.modified(), TimeUnit.SECONDS.toNanos(1));
    }
}
