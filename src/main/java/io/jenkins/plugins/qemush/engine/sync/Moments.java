package io.jenkins.plugins.qemush.engine.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Files in the order of their times, in groups: {@code make} must see every file of a later group as newer than every file
 * of an earlier one. Within a group the files were written in one go, and their order does not matter.
 */
final class Moments {

    /** Two steps of a build, or a build and an edit behind it, are further apart than this. */
    private static final long APART_NANOS = 5_000_000;

    /** Each costs the guest a moment of waiting, or moves a file's time back by a second: only so many. */
    private static final int MOST = 8;

    private Moments() {}

    /** @return the groups, oldest first; where there would be too many, the closest ones are one */
    static <T> List<List<T>> of(List<T> files, ToLongFunction<T> nanos) {
        List<T> sorted = new ArrayList<>(files);
        sorted.sort(Comparator.comparingLong(nanos));
        List<Integer> starts = IntStream.range(1, sorted.size())
                .filter(at -> gap(sorted, at, nanos) >= APART_NANOS)
                .boxed()
                .sorted(Comparator.comparingLong((Integer at) -> gap(sorted, at, nanos))
                        .reversed())
                .limit(MOST - 1L)
                .toList();
        List<List<T>> moments = new ArrayList<>();
        int from = 0;
        for (int start : new TreeSet<>(starts)) {
            moments.add(sorted.subList(from, start));
            from = start;
        }
        if (from < sorted.size()) {
            moments.add(sorted.subList(from, sorted.size()));
        }
        return moments;
    }

    private static <T> long gap(List<T> sorted, int at, ToLongFunction<T> nanos) {
        return nanos.applyAsLong(sorted.get(at)) - nanos.applyAsLong(sorted.get(at - 1));
    }
}
