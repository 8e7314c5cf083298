package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What whoever waits for a machine should hear before it is reachable, in a line each. Safe for use by several threads. */
final class Notices {
    private final Timeline timeline;
    private final List<String> told = new ArrayList<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();

    Notices(Timeline timeline) {
        this.timeline = timeline;
    }

    synchronized void tell(String line) {
        timeline.add(Timeline.Kind.NOTICE, line);
        told.add(line);
        listeners.forEach(listener -> listener.accept(line));
    }

    /** Also hears what was told before. */
    synchronized void listen(Consumer<String> listener) {
        told.forEach(listener);
        listeners.add(listener);
    }
}
