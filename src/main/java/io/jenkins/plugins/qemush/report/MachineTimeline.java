package io.jenkins.plugins.qemush.report;

import java.util.List;

/** What a machine was busy with and when, for the views. */
public final class MachineTimeline {
    private static final int MOST_SPANS = 500;

    private final List<TimelineSpan> spans;

    private MachineTimeline(List<TimelineSpan> spans) {
        this.spans = spans;
    }

    /**
     * The timeline until now.
     *
     * @param events the lines of the agent's timeline; empty when there are none yet
     * @param live whether the machine may still go on
     */
    static MachineTimeline of(List<TimelineEvent> moments, String events, boolean live) {
        return new MachineTimeline(
                TimelineReader.read(moments, TimelineEvent.parse(events), System.currentTimeMillis(), live));
    }

    public TimelineChart getBootChart() {
        return TimelineChart.ofBoot(spans);
    }

    public TimelineChart getChart() {
        return TimelineChart.ofAll(spans);
    }

    /** How long the way to the first command took; empty until it is known. */
    public String getBootTime() {
        List<TimelineSpan> boot =
                spans.stream().filter(span -> span.lane().isBoot()).toList();
        return boot.isEmpty() || boot.stream().noneMatch(span -> span.lane().endsBoot() && span.over())
                ? ""
                : TimelineSpan.duration(
                        boot.stream().mapToLong(TimelineSpan::millis).sum());
    }

    /** From the begin to the end, or to now. */
    public String getTotalTime() {
        return spans.isEmpty()
                ? ""
                : TimelineSpan.duration(
                        spans.stream().mapToLong(TimelineSpan::end).max().orElseThrow()
                                - spans.get(0).start());
    }

    /** The spans that the table shows. */
    public List<TimelineSpan> getTableSpans() {
        return spans.stream().limit(MOST_SPANS).toList();
    }

    public int getMoreSpans() {
        return Math.max(0, spans.size() - MOST_SPANS);
    }

    /** How long after the begin of all a span begins. */
    public String after(TimelineSpan span) {
        return TimelineSpan.duration(span.start() - spans.get(0).start());
    }
}
