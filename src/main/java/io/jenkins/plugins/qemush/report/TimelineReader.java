package io.jenkins.plugins.qemush.report;

import static io.jenkins.plugins.qemush.engine.vm.run.Timeline.nameInFile;

import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Figure;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what happened to a machine, by the controller's and by the agent's clock, into spans of time. */
final class TimelineReader {
    /** Each of these ends what came before; null begins nothing. */
    private static final Map<String, Optional<Lane>> BEGINS = Map.ofEntries(
            Map.entry(nameInFile(Moment.BEGUN), Optional.of(Lane.IMAGE)),
            Map.entry(nameInFile(Moment.IMAGE), Optional.of(Lane.QUEUE)),
            Map.entry(nameInFile(Moment.TURN), Optional.of(Lane.START)),
            Map.entry(nameInFile(Kind.WAITING), Optional.of(Lane.QUEUE)),
            Map.entry(nameInFile(Kind.QEMU_STARTED), Optional.of(Lane.FIRMWARE)),
            Map.entry(nameInFile(Kind.TAKEN), Optional.empty()),
            Map.entry(nameInFile(Kind.RESTORED), Optional.of(Lane.WAKE)),
            Map.entry(nameInFile(Kind.BOOTED_INSTEAD), Optional.of(Lane.START)),
            Map.entry(nameInFile(Kind.KERNEL), Optional.of(Lane.KERNEL)),
            Map.entry(nameInFile(Kind.LOGIN), Optional.of(Lane.LOGIN)),
            Map.entry(nameInFile(Kind.READY), Optional.of(Lane.SSH)),
            Map.entry(nameInFile(Kind.SSH), Optional.empty()),
            Map.entry(nameInFile(Kind.FAILED), Optional.empty()),
            Map.entry(nameInFile(Kind.STOPPING), Optional.of(Lane.END)),
            Map.entry(nameInFile(Moment.ENDING), Optional.of(Lane.END)),
            Map.entry(nameInFile(Kind.GONE), Optional.empty()),
            Map.entry(nameInFile(Moment.REMOVED), Optional.empty()));

    /** What their details say belongs to what they end. */
    private static final Set<Kind> TELLS = Set.of(Kind.FAILED, Kind.RESTORED, Kind.BOOTED_INSTEAD);

    private static final Set<Kind> ENDS_BADLY = Set.of(Kind.FAILED, Kind.BOOTED_INSTEAD);

    /** From the block's turn to the supervisor's first event: more than that, or less than nothing, are two clocks. */
    private static final long LONGEST_START = 120_000;

    /** How far two clocks that are both right may be apart, in milliseconds. */
    private static final long SLACK = 120_000;

    private final List<TimelineSpan> spans = new ArrayList<>();
    /** The begin of each command that has not ended, by its number. */
    private final Map<Long, TimelineEvent> running = new LinkedHashMap<>();

    private Lane current;
    private long since;

    private TimelineReader() {}

    /**
     * The spans, by their start.
     *
     * @param now the end of what is not over
     * @param live whether the machine may still go on
     */
    static List<TimelineSpan> read(List<TimelineEvent> moments, List<TimelineEvent> events, long now, boolean live) {
        List<TimelineEvent> all = new ArrayList<>(moments);
        all.addAll(whileTheBlockLasted(moments, now, onOneClock(moments, ofTaker(events))));
        all.sort(Comparator.comparingLong(TimelineEvent::at));
        long end = live || all.isEmpty() ? now : all.get(all.size() - 1).at();
        TimelineReader reader = new TimelineReader();
        all.forEach(reader::take);
        reader.finish(end, live);
        reader.spans.sort(Comparator.comparingLong(TimelineSpan::start).thenComparing(TimelineSpan::lane));
        return reader.spans;
    }

    /** Of a machine that stood by, what happened from the moment on in which it was taken. */
    private static List<TimelineEvent> ofTaker(List<TimelineEvent> events) {
        return events.stream().anyMatch(TimelineReader::isTaken)
                ? events.stream().dropWhile(event -> !isTaken(event)).toList()
                : events;
    }

    private static boolean isTaken(TimelineEvent event) {
        return event.is(Kind.TAKEN);
    }

    /** The agent's events, moved when its clock is known to be wrong. */
    private static List<TimelineEvent> onOneClock(List<TimelineEvent> moments, List<TimelineEvent> events) {
        Optional<TimelineEvent> turn =
                moments.stream().filter(moment -> moment.is(Moment.TURN)).reduce((first, second) -> second);
        if (turn.isEmpty() || events.isEmpty()) {
            return events;
        }
        long difference = events.get(0).at() - turn.get().at();
        if (difference >= 0 && difference <= LONGEST_START) {
            return events;
        }
        return events.stream().map(event -> event.earlier(difference)).toList();
    }

    /** Without the agent's events that were before the block's begin or are not yet: the agent may tell any time. */
    private static List<TimelineEvent> whileTheBlockLasted(
            List<TimelineEvent> moments, long now, List<TimelineEvent> events) {
        if (moments.isEmpty()) {
            return events;
        }
        long begin = moments.stream().mapToLong(TimelineEvent::at).min().getAsLong() - SLACK;
        long end = Math.max(
                        now, moments.stream().mapToLong(TimelineEvent::at).max().getAsLong())
                + SLACK;
        return events.stream()
                .filter(event -> event.at() >= begin && event.at() <= end)
                .toList();
    }

    private void take(TimelineEvent event) {
        if (event.is(Kind.COMMAND)) {
            running.put(event.figure(Figure.ID), event);
        } else if (event.is(Kind.COMMAND_END)) {
            endCommand(event);
        } else if (event.is(Kind.FILES_IN)) {
            addFiles(event, Messages.TimelineReader_filesIn());
        } else if (event.is(Kind.FILES_OUT)) {
            addFiles(event, Messages.TimelineReader_filesOut());
        } else if (BEGINS.containsKey(event.event()) && !isEchoOfWaking(event)) {
            beginPhase(event);
        }
    }

    private void beginPhase(TimelineEvent event) {
        if (event.is(Kind.FAILED)) {
            endRunning(event.at(), Messages.TimelineReader_endedWithMachine(), true);
        }
        nameStart(event);
        boolean tells = TELLS.stream().anyMatch(event::is);
        endPhase(event.at(), tells ? event.detail() : "", ENDS_BADLY.stream().anyMatch(event::is), true);
        current = BEGINS.get(event.event()).orElse(null);
        since = event.at();
    }

    private void endCommand(TimelineEvent end) {
        TimelineEvent start = running.remove(end.figure(Figure.ID));
        if (start != null) {
            boolean passed = end.figures().containsKey(Figure.STATUS) && end.figure(Figure.STATUS) == 0;
            addCommand(start, end.at(), end.detail(), !passed, true);
        }
    }

    private void addCommand(TimelineEvent start, long end, String result, boolean failed, boolean over) {
        spans.add(new TimelineSpan(Lane.COMMAND, start.detail(), start.at(), end, result, failed, over));
    }

    /** The engine tells of files when they have arrived, and how long that took. */
    private void addFiles(TimelineEvent event, String title) {
        long start = event.at() - event.figure(Figure.MILLIS);
        spans.add(new TimelineSpan(Lane.FILES, title, start, event.at(), event.detail(), false, true));
    }

    /** The console of a restored machine speaks for the first time when it is woken. */
    private boolean isEchoOfWaking(TimelineEvent event) {
        return event.is(Kind.KERNEL) && current == Lane.WAKE;
    }

    /** It turns out only now that a machine was taken, or that the QEMU that started was to restore a state. */
    private void nameStart(TimelineEvent event) {
        if (event.is(Kind.TAKEN)) {
            current = Lane.TAKE;
        }
        boolean started = current == Lane.FIRMWARE || current == Lane.KERNEL;
        if (started && (event.is(Kind.RESTORED) || event.is(Kind.BOOTED_INSTEAD))) {
            current = Lane.RESTORE;
        }
    }

    private void endPhase(long at, String result, boolean failed, boolean over) {
        if (current != null) {
            spans.add(new TimelineSpan(current, current.title(), since, at, result, failed, over));
            current = null;
        }
    }

    private void finish(long end, boolean live) {
        endPhase(end, "", false, !live);
        endRunning(end, live ? "" : Messages.TimelineReader_didNotEnd(), !live);
    }

    private void endRunning(long at, String result, boolean over) {
        running.values().forEach(start -> addCommand(start, at, result, over, over));
        running.clear();
    }
}
