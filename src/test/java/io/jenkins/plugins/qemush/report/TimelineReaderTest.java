package io.jenkins.plugins.qemush.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineReaderTest {
    private static List<TimelineEvent> events(Object... atAndEvent) {
        List<TimelineEvent> events = new ArrayList<>();
        for (int i = 0; i < atAndEvent.length; i += 3) {
            events.add(new TimelineEvent(
                    ((Integer) atAndEvent[i]).longValue(), (String) atAndEvent[i + 1], (String) atAndEvent[i + 2]));
        }
        return events;
    }

    private static TimelineEvent command(long at, long id, String title) {
        return new TimelineEvent(at, "command", title, Map.of(Figure.ID, id));
    }

    private static TimelineEvent commandEnd(long at, long id, long status) {
        Map<Figure, Long> figures = Map.of(Figure.ID, id, Figure.STATUS, status);
        return new TimelineEvent(at, "command_end", "exit status " + status, figures);
    }

    private static final List<TimelineEvent> MOMENTS =
            events(0, "begun", "", 100, "image", "", 400, "turn", "", 9_000, "ending", "", 9_100, "removed", "");

    private static final List<TimelineEvent> BOOT = events(
            450,
            "requested",
            "",
            600,
            "qemu_started",
            "qemu-system-arm",
            700,
            "kernel",
            "",
            3_000,
            "ready",
            "",
            3_500,
            "ssh",
            "");

    @Test
    void phasesFollowEachOther() {
        assertThat(TimelineReader.read(MOMENTS, BOOT, 0, false))
                .extracting(TimelineSpan::lane, TimelineSpan::start, TimelineSpan::end)
                .containsExactly(
                        tuple(Lane.IMAGE, 0L, 100L),
                        tuple(Lane.QUEUE, 100L, 400L),
                        tuple(Lane.START, 400L, 600L),
                        tuple(Lane.FIRMWARE, 600L, 700L),
                        tuple(Lane.KERNEL, 700L, 3_000L),
                        tuple(Lane.SSH, 3_000L, 3_500L),
                        tuple(Lane.END, 9_000L, 9_100L));
    }

    @Test
    void commandsHaveTheirResults() {
        List<TimelineEvent> agent = new ArrayList<>(BOOT);
        agent.add(command(4_000, 1, "make"));
        agent.add(commandEnd(5_000, 1, 2));
        assertThat(TimelineReader.read(MOMENTS, agent, 0, false))
                .filteredOn(span -> span.lane() == Lane.COMMAND)
                .containsExactly(new TimelineSpan(Lane.COMMAND, "make", 4_000, 5_000, "exit status 2", true, true));
    }

    @Test
    void commandsInParallelEndEachAtItsOwnEnd() {
        List<TimelineEvent> agent =
                List.of(command(1, 1, "long"), command(2, 2, "short"), commandEnd(3, 2, 1), commandEnd(9, 1, 0));
        assertThat(TimelineReader.read(List.of(), agent, 0, false))
                .containsExactly(
                        new TimelineSpan(Lane.COMMAND, "long", 1, 9, "exit status 0", false, true),
                        new TimelineSpan(Lane.COMMAND, "short", 2, 3, "exit status 1", true, true));
    }

    @Test
    void commandWithoutAStatusHasFailed() {
        List<TimelineEvent> agent = List.of(
                command(1, 1, "make"), new TimelineEvent(2, "command_end", "no exit status", Map.of(Figure.ID, 1L)));
        assertThat(TimelineReader.read(List.of(), agent, 0, false))
                .containsExactly(new TimelineSpan(Lane.COMMAND, "make", 1, 2, "no exit status", true, true));
    }

    @Test
    void filesTookWhatTheEngineTells() {
        List<TimelineEvent> agent = List.of(
                new TimelineEvent(4_000, "files_in", "12 changed", Map.of(Figure.MILLIS, 240L)),
                new TimelineEvent(6_000, "files_out", "1 changed", Map.of(Figure.MILLIS, 500L)));
        assertThat(TimelineReader.read(List.of(), agent, 0, false))
                .extracting(TimelineSpan::start, TimelineSpan::end)
                .containsExactly(tuple(3_760L, 4_000L), tuple(5_500L, 6_000L));
    }

    @Test
    void agentWithAWrongClockIsSetRight() {
        List<TimelineEvent> agent = events(999_000, "requested", "", 999_200, "qemu_started", "");
        List<TimelineSpan> spans = TimelineReader.read(MOMENTS, agent, 0, false);
        assertThat(spans.get(spans.size() - 1).end()).isEqualTo(9_100);
    }

    @Test
    void machineThatStoodByBeginsWhenItIsTaken() {
        List<TimelineEvent> agent =
                events(-90_000, "requested", "", -89_000, "restored", "", -88_000, "stands_by", "", 450, "taken", "");
        assertThat(TimelineReader.read(MOMENTS, agent, 0, false))
                .extracting(TimelineSpan::lane, TimelineSpan::start, TimelineSpan::end)
                .containsExactly(
                        tuple(Lane.IMAGE, 0L, 100L),
                        tuple(Lane.QUEUE, 100L, 400L),
                        tuple(Lane.TAKE, 400L, 450L),
                        tuple(Lane.END, 9_000L, 9_100L));
    }

    @Test
    void runningMachineGoesOnUntilNow() {
        List<TimelineEvent> begun = events(0, "begun", "");
        assertThat(TimelineReader.read(begun, List.of(), 5_000, true))
                .containsExactly(new TimelineSpan(Lane.IMAGE, Lane.IMAGE.title(), 0, 5_000, "", false, false));
    }

    @Test
    void eventsOfANewerVersionAreLeftOut() {
        assertThat(TimelineReader.read(events(0, "teleported", ""), List.of(), 0, false))
                .isEmpty();
    }

    @Test
    void halfWrittenLineIsLeftOut() {
        assertThat(TimelineEvent.parse("{\"at\":5,\"event\":\"ssh\",\"detail\":\"x\"}\n{\"at\":6,\"ev"))
                .containsExactly(new TimelineEvent(5, "ssh", "x"));
    }

    @Test
    void timesThatNoClockShowsAreLeftOut() {
        String lines = "{'at':-1,'event':'ssh'}\n{'at':9223372036854775807,'event':'gone'}\n{'at':[],'event':'ssh'}"
                + "\n{'at':5,'event':'files_in','millis':9223372036854775807}";
        assertThat(TimelineEvent.parse(lines.replace('\'', '"')))
                .extracting(TimelineEvent::at, event -> event.at() - event.figure(Figure.MILLIS) < 0)
                .containsExactly(tuple(5L, true));
    }

    @Test
    void eventsOutsideTheBlocksTimeAreLeftOut() {
        List<TimelineEvent> agent = events(450, "waiting", "", -999_999, "waiting", "", 999_999, "gone", "");
        assertThat(TimelineReader.read(MOMENTS, agent, 0, false))
                .allMatch(span -> span.start() >= 0 && span.end() <= 9_100)
                .extracting(TimelineSpan::start)
                .contains(450L);
    }

    @Test
    void figuresSurviveTheFile() {
        TimelineEvent event = new TimelineEvent(5, "files_in", "x", Map.of(Figure.BYTES, 7L, Figure.MILLIS, 9L));
        assertThat(TimelineEvent.parse(event.line())).containsExactly(event);
    }

    @Test
    void restoredMachineHasARestoreInsteadOfABoot() {
        List<TimelineEvent> events = events(
                450,
                "requested",
                "",
                600,
                "qemu_started",
                "",
                900,
                "restored",
                "saved a boot of 4000 ms",
                950,
                "kernel",
                "",
                1_000,
                "ready",
                "",
                1_300,
                "ssh",
                "");
        assertThat(TimelineReader.read(MOMENTS, events, 0, false))
                .extracting(TimelineSpan::lane, TimelineSpan::start, TimelineSpan::end, TimelineSpan::result)
                .contains(
                        tuple(Lane.RESTORE, 600L, 900L, "saved a boot of 4000 ms"),
                        tuple(Lane.WAKE, 900L, 1_000L, ""),
                        tuple(Lane.SSH, 1_000L, 1_300L, ""))
                .noneMatch(span ->
                        span.toList().contains(Lane.FIRMWARE) || span.toList().contains(Lane.KERNEL));
    }

    @Test
    void restoreThatFailedIsFollowedByTheBoot() {
        List<TimelineEvent> events = events(
                450,
                "requested",
                "",
                600,
                "qemu_started",
                "",
                900,
                "booted_instead",
                "the state is damaged",
                950,
                "qemu_started",
                "",
                1_000,
                "kernel",
                "",
                3_000,
                "ready",
                "",
                3_300,
                "ssh",
                "");
        assertThat(TimelineReader.read(MOMENTS, events, 0, false))
                .extracting(TimelineSpan::lane, TimelineSpan::result, TimelineSpan::failed)
                .contains(
                        tuple(Lane.RESTORE, "the state is damaged", true),
                        tuple(Lane.FIRMWARE, "", false),
                        tuple(Lane.KERNEL, "", false));
    }
}
