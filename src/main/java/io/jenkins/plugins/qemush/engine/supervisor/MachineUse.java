package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline.Figure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Who uses a machine: the commands that run in it show in its timeline, and it is idle while there are none. */
final class MachineUse {
    /** Of a command in the timeline, in characters. */
    private static final int LONGEST_TITLE = 200;

    private final Timeline timeline;
    private final AtomicLong commands = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();
    private volatile long idleSince = System.nanoTime();
    private volatile Duration longestIdle = Duration.ZERO;

    MachineUse(Timeline timeline) {
        this.timeline = timeline;
    }

    /**
     * The machine can be used only now.
     *
     * @param longest that it may be idle; zero for no limit
     */
    void begins(Duration longest) {
        idleSince = System.nanoTime();
        longestIdle = longest;
    }

    long commandStarts(GuestCommand command) {
        String line = command.title().orElseGet(() -> ShellQuote.readable(command.arguments()));
        return commandStarts(line.length() <= LONGEST_TITLE ? line : line.substring(0, LONGEST_TITLE) + "…");
    }

    /** Returns the command's number, for its end. */
    long commandStarts(String title) {
        long id = commands.incrementAndGet();
        running.incrementAndGet();
        timeline.add(Timeline.Kind.COMMAND, title, Map.of(Figure.ID, id));
        return id;
    }

    /** @param status {@link ControlAnswer#NO_STATUS} when there is none */
    void commandEnds(long id, int status) {
        idleSince = System.nanoTime();
        running.decrementAndGet();
        if (status == ControlAnswer.NO_STATUS) {
            timeline.add(Timeline.Kind.COMMAND_END, "no exit status", Map.of(Figure.ID, id));
        } else {
            Map<Figure, Long> figures = Map.of(Figure.ID, id, Figure.STATUS, (long) status);
            timeline.add(Timeline.Kind.COMMAND_END, "exit status " + status, figures);
        }
    }

    boolean isBusy() {
        return running.get() > 0;
    }

    /** Whether no command has run for longer than may be. */
    boolean isIdleTooLong() {
        Duration longest = longestIdle;
        return !longest.isZero() && !isBusy() && System.nanoTime() - idleSince > longest.toNanos();
    }
}
