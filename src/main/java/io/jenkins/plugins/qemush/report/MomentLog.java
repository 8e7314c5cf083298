package io.jenkins.plugins.qemush.report;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the controller knows of the timeline of a machine that no build has. Kept in memory. */
public final class MomentLog {
    private final List<TimelineEvent> moments = new CopyOnWriteArrayList<>();

    public void add(Moment moment) {
        moments.add(TimelineEvent.now(moment));
    }

    /**
     * The timeline until now.
     *
     * @param events the lines of the agent's timeline; empty when there are none yet
     * @param live whether the machine may still go on
     */
    public MachineTimeline timeline(String events, boolean live) {
        return MachineTimeline.of(moments, events, live);
    }
}
