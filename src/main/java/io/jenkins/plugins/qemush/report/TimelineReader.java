package io.jenkins.plugins.qemush.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jvnet.localizer.Localizable;

/** Turns what happened to a machine, by the controller's and by the agent's clock, into spans of time. */
final class TimelineReader {
    /** Each of these ends what came before; null begins nothing. */
    private static final Map<String, Optional<Lane>> BEGINS = Map.ofEntries(
            Map.entry("begun", Optional.of(Lane.IMAGE)),
            Map.entry("image", Optional.of(Lane.QUEUE)),
            Map.entry("turn", Optional.of(Lane.START)),
            Map.entry("waiting", Optional.of(Lane.QUEUE)),
            Map.entry("qemu_started", Optional.of(Lane.FIRMWARE)),
            Map.entry("taken", Optional.empty()),
            Map.entry("restored", Optional.of(Lane.WAKE)),
            Map.entry("booted_instead", Optional.of(Lane.START)),
            Map.entry("kernel", Optional.of(Lane.KERNEL)),
            Map.entry("login", Optional.of(Lane.LOGIN)),
            Map.entry("ready", Optional.of(Lane.SSH)),
            Map.entry("ssh", Optional.empty()),
            Map.entry("failed", Optional.empty()),
            Map.entry("stopping", Optional.of(Lane.END)),
            Map.entry("ending", Optional.of(Lane.END)),
            Map.entry("gone", Optional.empty()),
            Map.entry("removed", Optional.empty()));

    /** What their details say belongs to what they end. */
    private static final Set<String> TELLS = Set.of("failed", "restored", "booted_instead");

    private static final Set<String> ENDS_BADLY = Set.of("failed", "booted_instead");

    /** From the block's turn to the supervisor's first event: more than that, or less than nothing, are two clocks. */
    private static final long LONGEST_START = 120_000;

    /** What the engine runs so that the workspace goes in before the body's first command: the files show that. */
    private static final String BRING_IN = "sh -c : sh";

    private static final Map<String, Localizable> FILES =
            Map.of("files_in", Messages._TimelineReader_filesIn(), "files_out", Messages._TimelineReader_filesOut());

    /** The engine tells of files when they have arrived, and how long that took. */
    private static final Pattern TOOK = Pattern.compile(" in ([0-9.]+) (m?s)\\b");

    private final List<TimelineSpan> spans = new ArrayList<>();
    private final Deque<TimelineEvent> running = new ArrayDeque<>();
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
        all.addAll(onOneClock(moments, ofTaker(events)));
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
        return event.event().equals("taken");
    }

    /** The agent's events, moved when its clock is known to be wrong. */
    private static List<TimelineEvent> onOneClock(List<TimelineEvent> moments, List<TimelineEvent> events) {
        Optional<TimelineEvent> turn =
                moments.stream().filter(moment -> moment.event().equals("turn")).reduce((first, second) -> second);
        if (turn.isEmpty() || events.isEmpty()) {
            return events;
        }
        long difference = events.get(0).at() - turn.get().at();
        if (difference >= 0 && difference <= LONGEST_START) {
            return events;
        }
        return events.stream()
                .map(event -> new TimelineEvent(event.at() - difference, event.event(), event.detail()))
                .toList();
    }

    private void take(TimelineEvent event) {
        switch (event.event()) {
            case "command" -> running.addLast(event);
            case "command_end" -> endCommand(event);
            case "files_in", "files_out" -> addFiles(event);
            default -> {
                if (event.event().equals("failed")) {
                    endRunning(event.at(), Messages.TimelineReader_endedWithMachine(), true);
                }
                if (BEGINS.containsKey(event.event()) && !isEchoOfWaking(event.event())) {
                    nameStart(event.event());
                    endPhase(
                            event.at(),
                            TELLS.contains(event.event()) ? event.detail() : "",
                            ENDS_BADLY.contains(event.event()),
                            true);
                    current = BEGINS.get(event.event()).orElse(null);
                    since = event.at();
                }
            }
        }
    }

    /** The engine does not tell which command ended; the oldest one mostly has. */
    private void endCommand(TimelineEvent end) {
        TimelineEvent start = running.pollFirst();
        if (start != null) {
            addCommand(start, end.at(), end.detail(), !end.detail().equals("exit status 0"), true);
        }
    }

    private void addCommand(TimelineEvent start, long end, String result, boolean failed, boolean over) {
        if (!start.detail().equals(BRING_IN)) {
            spans.add(new TimelineSpan(Lane.COMMAND, start.detail(), start.at(), end, result, failed, over));
        }
    }

    private void addFiles(TimelineEvent event) {
        Matcher took = TOOK.matcher(event.detail());
        long millis = 0;
        if (took.find()) {
            millis = Math.round(
                    Double.parseDouble(took.group(1)) * (took.group(2).equals("s") ? 1000 : 1));
        }
        spans.add(new TimelineSpan(
                Lane.FILES,
                FILES.get(event.event()).toString(),
                event.at() - millis,
                event.at(),
                event.detail(),
                false,
                true));
    }

    /** The console of a restored machine speaks for the first time when it is woken. */
    private boolean isEchoOfWaking(String event) {
        return event.equals("kernel") && current == Lane.WAKE;
    }

    /** It turns out only now that a machine was taken, or that the QEMU that started was to restore a state. */
    private void nameStart(String event) {
        if (event.equals("taken")) {
            current = Lane.TAKE;
        }
        boolean started = current == Lane.FIRMWARE || current == Lane.KERNEL;
        if (started && (event.equals("restored") || event.equals("booted_instead"))) {
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
        running.forEach(start -> addCommand(start, at, result, over, over));
        running.clear();
    }
}
