package io.jenkins.plugins.qemush.management;

import hudson.Extension;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.ImageChoice;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.standby.StandbyUpkeep;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The work on images that goes on, whoever looks at the page; of each image on each node the last piece. */
@Extension
public class ImageWork {
    private final Map<Place, Work> works = new ConcurrentHashMap<>();

    /** An image on a node. */
    private record Place(String node, String image) {}

    void prefetch(String node, String name, ImageChoice image) throws HostFailure {
        Agent agent = Agent.named(node);
        begin(node, name, Messages.ImageWork_prefetch(), log -> {
            agent.images().prefetch(image, log);
            agent.standby().use(name);
            StandbyUpkeep.get().tellSoon(node);
        });
    }

    void verify(String node, String name) throws HostFailure {
        Agent agent = Agent.named(node);
        begin(node, name, Messages.ImageWork_verify(), log -> agent.images().verify(name, log));
    }

    void remove(String node, String name) throws HostFailure {
        Agent agent = Agent.named(node);
        begin(node, name, Messages.ImageWork_remove(), log -> {
            agent.standby().forget(name);
            StandbyUpkeep.get().tellSoon(node);
            agent.images().remove(name, log);
        });
    }

    void cancel(String node, String name) {
        last(node, name).ifPresent(Work::cancel);
    }

    Optional<Work> last(String node, String name) {
        return Optional.ofNullable(works.get(new Place(node, name)));
    }

    /** One piece of work at a time for an image on a node; a second click does nothing. */
    private void begin(String node, String name, String title, Work.Job job) {
        works.compute(
                new Place(node, name), (place, old) -> old != null && old.isRunning() ? old : new Work(title, job));
    }
}
